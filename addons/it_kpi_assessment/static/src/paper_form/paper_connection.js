import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Reactive } from "@web/core/utils/reactive";
import { DATABASE_AWAY } from "./database_away";

/** How often a lost connection is retried, in ms. */
const RETRY_INTERVAL = 3000;
const SESSION_EXPIRED = "odoo.http.SessionExpiredException";

/** The server, or its database, cannot be reached or is too busy. */
function isAway(error) {
    return error instanceof ConnectionLostError || DATABASE_AWAY.includes(error.exceptionName);
}

/** The error is transient: the same request may succeed later. */
export function isPassing(error) {
    return isAway(error) || error.exceptionName === SESSION_EXPIRED;
}

/** The reason that the server, or the browser, gave for an error. */
export function getRefusal(error) {
    return error.data?.message || error.message || _t("The server refused it.");
}

/** Whether the server can be reached; while it cannot, `onRetry` is called at intervals. */
export class PaperConnection extends Reactive {
    constructor(onRetry) {
        super();
        this.online = true;
        this.isStopped = false;
        this.onRetry = onRetry;
        this.timer = null;
    }

    /** Return the answer of a request; undefined without a connection. Other errors are raised. */
    async wait(request) {
        try {
            const answer = await request;
            this.online = true;
            return answer;
        } catch (error) {
            if (isAway(error)) {
                this.lose();
                return undefined;
            }
            this.online = true;
            throw error;
        }
    }

    lose() {
        this.online = false;
        if (!this.timer && !this.isStopped) {
            this.timer = browser.setTimeout(() => this.retry(), RETRY_INTERVAL);
        }
    }

    retry() {
        browser.clearTimeout(this.timer);
        this.timer = null;
        return this.onRetry();
    }

    stop() {
        this.isStopped = true;
        browser.clearTimeout(this.timer);
    }
}
