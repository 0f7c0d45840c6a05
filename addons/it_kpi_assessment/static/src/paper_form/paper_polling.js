import { useEffect, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/** How often changes by other users are read while the form is on the screen, in ms. */
const INTERVAL = 10000;

/** Poll for changes by other users of the same form, until it is published. */
export function usePaperPolling({ sheet }) {
    const sync = async () => {
        const isWatched = document.visibilityState === "visible" && sheet.online;
        if (isWatched && !sheet.form.data.is_published) {
            await sheet.sync();
        }
    };
    const start = () => {
        const timer = browser.setInterval(async () => {
            try {
                await sync();
            } catch (error) {
                browser.clearInterval(timer); // show an error once, not every ten seconds
                throw error;
            }
        }, INTERVAL);
        return () => browser.clearInterval(timer);
    };
    useEffect(start, () => []);
    useExternalListener(document, "visibilitychange", sync);
    useExternalListener(window, "online", () => sheet.connection.retry());
    useExternalListener(window, "offline", () => sheet.connection.lose());
}
