import { onMounted, onWillUnmount, useState } from "@odoo/owl";

/** The table's least width, the panel and the gap between them, in rem (`paper_form.scss`). */
const BESIDE = 65;

/**
 * Whether the form has room for the panel beside its table. The width of the form decides, and not
 * that of the window: Odoo may put other things beside the form.
 */
export function usePaperRoom(root) {
    const room = useState({ isEnough: false });
    const observer = new ResizeObserver(([{ contentRect }]) => measure(contentRect.width));
    const measure = (width) => {
        const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
        room.isEnough = width >= BESIDE * rem;
    };
    onMounted(() => {
        measure(root.el.clientWidth);
        observer.observe(root.el);
    });
    onWillUnmount(() => observer.disconnect());
    return room;
}
