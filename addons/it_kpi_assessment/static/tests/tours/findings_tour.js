import { registry } from "@web/core/registry";

const FINDINGS = ".o_it_kpi_findings";

registry.category("web_tour.tours").add("it_kpi_follow_a_finding", {
    steps: () => [
        {
            content: "One line has no mark: open it",
            trigger: `${FINDINGS} button:contains(信息化系统运维情况)`,
            run: "click",
        },
        {
            content: "Tell what was measured",
            trigger: ".modal [name=measured_value] input",
            run: "edit 85% && press Tab",
        },
        { content: "It proposes a grade", trigger: ".modal .o_selection_badge.active:contains(B)" },
        { content: "Save the line", trigger: ".modal .o_form_button_save", run: "click" },
        {
            content: "Now the mark lacks its explanation",
            trigger: `body:not(:has(.modal)) ${FINDINGS} button:contains(信息化系统运维情况)`,
            run: "click",
        },
        {
            content: "Explain it",
            trigger: ".modal [name=explanation] textarea",
            run: "edit 按月导出在线率。",
        },
        { content: "Save the line", trigger: ".modal .o_form_button_save", run: "click" },
        {
            content: "What is left can be signed",
            trigger: `body:not(:has(.modal)) ${FINDINGS}:not(:has(.border-danger)):has(.border-warning)`,
        },
        {
            content: "Hand over to the leader",
            trigger: "button[name=action_hand_over]",
            run: "click",
        },
        { content: "It waits for the signature", trigger: ".o_arrow_button_current[data-value=to_sign]" },
    ],
});
