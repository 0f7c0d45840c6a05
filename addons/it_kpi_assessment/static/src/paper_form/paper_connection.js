import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Reactive } from "@web/core/utils/reactive";

/** How often a lost connection is tried, in ms. */
const RETRY_INTERVAL = 3000;
const SESSION_EXPIRED = "odoo.http.SessionExpiredException";
/** What a server answers that has lost its database, or found it too busy. */
const DATABASE_AWAY = new Set([
    "odoo.sql_db.PoolError",
    "psycopg2.InterfaceError",
    "psycopg2.OperationalError",
    "psycopg2.errors.AdminShutdown",
    "psycopg2.errors.CannotConnectNow",
    "psycopg2.errors.CrashShutdown",
    "psycopg2.errors.DeadlockDetected",
    "psycopg2.errors.DiskFull",
    "psycopg2.errors.SerializationFailure",
]);

/** Nobody answered, or only who could do nothing: not the server, or the server not its database. */
function isAway(error) {
    return error instanceof ConnectionLostError || DATABASE_AWAY.has(error.exceptionName);
}

/** Nobody refused anything: it can be sent once more. */
export function isPassing(error) {
    return isAway(error) || error.exceptionName === SESSION_EXPIRED;
}

/** Why the server, or the browser, refused it. */
export function getRefusal(error) {
    return error.data?.message || error.message || _t("The server refused it.");
}

/** Whether the server can be reached; while it cannot, `onRetry` is called time and again. */
export class PaperConnection extends Reactive {
    constructor(onRetry) {
        super();
        this.online = true;
        this.isStopped = false;
        this.onRetry = onRetry;
        this.timer = null;
    }

    /** Wait for an answer; undefined if there is no connection. Other errors are raised. */
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
