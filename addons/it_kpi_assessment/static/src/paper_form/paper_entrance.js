import { onMounted, onWillUnmount, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/**
 * How the user gets into the table: the form begins at the first open line, and one press of Tab
 * from the top of the page leads into the table.
 */
export function usePaperEntrance(form) {
    const begin = () => {
        const line = form.current;
        form.state.currentId = line?.id || null;
        const isFree = !document.activeElement || document.activeElement === document.body;
        if (line && !line.lockReason && isFree && !form.ui.isSmall) {
            form.keyboard.focusCell(line, line.mark);
        }
    };
    useEffect(begin, () => [form.props.record.resId]);

    const link = Object.assign(document.createElement("a"), {
        href: "#",
        className: "o_paper_entrance visually-hidden",
        textContent: _t("To the table"),
    });
    const enter = (ev) => {
        ev.preventDefault();
        form.root.el.querySelector(".o_paper_mark[tabindex='0']")?.focus();
    };
    link.addEventListener("click", enter);
    // Who comes from the menus with Shift+Tab wants to leave the page.
    link.addEventListener("focus", (ev) => ev.relatedTarget || enter(ev));
    onMounted(() => document.body.prepend(link));
    onWillUnmount(() => link.remove());
}
