/**
 * The page's own clock. All times are in ms, and end with the frame that shows what was waited for.
 */
(() => {
    /** Resolve when the frame that is drawn next has been drawn. */
    const painted = () =>
        new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

    /** Resolve when an element stands in the page, which is looked at whenever the page changes. */
    const stands = (selector) =>
        new Promise((resolve) => {
            const look = () => {
                if (document.querySelector(selector)) {
                    observer.disconnect();
                    resolve();
                }
            };
            const observer = new MutationObserver(look);
            observer.observe(document, { attributes: true, childList: true, subtree: true });
            look();
        });

    /** Resolve to the moment when the server's answer to a method had arrived. */
    const answered = (method) =>
        new Promise((resolve) => {
            const observer = new PerformanceObserver((list) => {
                const call = list.getEntries().find(({ name }) => name.endsWith(`/${method}`));
                if (call) {
                    observer.disconnect();
                    resolve(call.responseEnd);
                }
            });
            observer.observe({ type: "resource" });
        });

    const clicked = () =>
        new Promise((resolve) =>
            addEventListener("click", ({ timeStamp }) => resolve(timeStamp), {
                capture: true,
                once: true,
            })
        );

    const shown = async (selector) => {
        await stands(selector);
        await painted();
        return performance.now();
    };

    window.kpiClock = {
        /** From the beginning of the page: its first paint, and when an element is shown. */
        async takeOpening(selector) {
            const end = await shown(selector);
            const [paint] = performance.getEntriesByName("first-contentful-paint");
            return { paint: paint.startTime, shown: end };
        },

        /** From the next click: when an element is shown. */
        async takeClick(selector) {
            const start = await clicked();
            return (await shown(selector)) - start;
        },

        /** From the next click, which saves: the mark shown, the server's answer, “saved” shown. */
        async takeSaving(method, mark, saved) {
            const answer = answered(method);
            const start = await clicked();
            const marked = shown(mark);
            const end = await answer;
            return {
                marked: (await marked) - start,
                answered: end - start,
                saved: (await shown(saved)) - start,
            };
        },

        /** The methods of the server that were called since they were last asked for. */
        takeCalls() {
            const names = performance.getEntriesByType("resource").map(({ name }) => name);
            performance.clearResourceTimings();
            const calls = names.filter((name) => name.includes("/call_kw/"));
            return calls.map((name) => name.split("/").at(-1));
        },
    };
})();
