import { registry } from "@web/core/registry";

const ROWS = "[name=line_ids] .o_data_row";

/** Draw a line on the canvas of the signature dialog, as a pen does. */
function draw(canvas) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const point = (share) => ({
        bubbles: true,
        button: 0,
        buttons: 1,
        clientX: left + width * share,
        clientY: top + height * share,
        isPrimary: true,
        pointerId: 1,
        pressure: 0.5,
    });
    canvas.dispatchEvent(new PointerEvent("pointerdown", point(0.2)));
    for (const share of [0.4, 0.6, 0.8]) {
        canvas.ownerDocument.dispatchEvent(new PointerEvent("pointermove", point(share)));
    }
    canvas.ownerDocument.dispatchEvent(new PointerEvent("pointerup", { ...point(0.8), buttons: 0 }));
}

registry.category("web_tour.tours").add("it_kpi_fill_and_hand_over", {
    steps: () => [
        {
            content: "Mark the unmarked line with one click",
            trigger: `${ROWS}:not(:has(.o_selection_badge.active)) .o_selection_badge:contains(B)`,
            run: "click",
        },
        { content: "All lines are marked", trigger: "[name=progress]:contains(16 / 16)" },
        {
            content: "Explain the mark",
            trigger: `${ROWS}.o_selected_row [name=explanation] textarea`,
            run: "edit 按季统计平台使用率，见附件。",
        },
        {
            content: "Hand over to the leader",
            trigger: "button[name=action_hand_over]",
            run: "click",
        },
        { content: "It waits for the signature", trigger: ".o_arrow_button_current[data-value=to_sign]" },
    ],
});

registry.category("web_tour.tours").add("it_kpi_sign_and_submit", {
    steps: () => [
        {
            content: "Sign and submit",
            trigger: ".o_form_statusbar .o_statusbar_buttons .btn-primary",
            run: "click",
        },
        { content: "Go to the signature", trigger: ".modal .o_signature", run: "click" },
        {
            content: "Draw it",
            trigger: ".modal canvas",
            run: ({ anchor }) => draw(anchor),
        },
        {
            content: "Adopt it",
            trigger: ".modal:has(canvas) footer .btn-primary:enabled",
            run: "click",
        },
        {
            content: "Submit",
            trigger: ".modal:not(:has(canvas)) button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It is submitted",
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});
