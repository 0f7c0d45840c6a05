import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { session } from "@web/session";

/**
 * Unsent changes of each line, kept in the browser: they survive a reload, a closed tab and a lost
 * connection. The keys contain database and user, as browsers are shared.
 */
export class PaperDrafts {
    constructor(resModel) {
        this.prefix = ["it_kpi_assessment.unsent", session.db, user.userId, resModel].join("/");
    }

    keep({ id, unsent, base }) {
        const key = `${this.prefix}/${id}`;
        if (!Object.keys(unsent).length) {
            browser.localStorage.removeItem(key);
            return;
        }
        try {
            browser.localStorage.setItem(key, JSON.stringify({ unsent, base }));
        } catch {
            // The storage of the browser is full: the open page still sends the changes.
        }
    }

    recall(line) {
        const draft = browser.localStorage.getItem(`${this.prefix}/${line.id}`);
        Object.assign(line, draft ? JSON.parse(draft) : { unsent: {}, base: {} });
    }
}
