import { registry } from "@web/core/registry";
import { drawSignature } from "./drawing";

const ROWS = "[name=line_ids] .o_data_row";

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
        ...drawSignature(),
        {
            content: "It is submitted",
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});
