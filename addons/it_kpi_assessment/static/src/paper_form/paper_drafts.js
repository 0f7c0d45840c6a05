import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { session } from "@web/session";

/**
 * What a user typed and the server does not have yet, per line, kept in the browser: it survives a
 * reload, a closed tab and a lost connection. Keyed by database and user, as browsers are shared.
 */
export class PaperDrafts {
    constructor(resModel) {
        this.prefix = ["it_kpi_assessment.unsent", session.db, user.userId, resModel].join("/");
    }

    keep(line) {
        const key = `${this.prefix}/${line.id}`;
        if (Object.keys(line.unsent).length) {
            browser.localStorage.setItem(key, JSON.stringify(line.unsent));
        } else {
            browser.localStorage.removeItem(key);
        }
    }

    recall(id) {
        return JSON.parse(browser.localStorage.getItem(`${this.prefix}/${id}`) || "{}");
    }
}
