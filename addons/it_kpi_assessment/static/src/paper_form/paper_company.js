import { useEffect, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/** How often the marks of others are fetched while the form is on the screen, in ms. */
const INTERVAL = 10000;

/** Others work on the same form: what they mark appears, until nothing changes any more. */
export function usePaperCompany({ sheet }) {
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
                browser.clearInterval(timer); // an error is told once, not every ten seconds
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
