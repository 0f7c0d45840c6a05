import { registry } from "@web/core/registry";

const FINDINGS = ".o_it_kpi_findings";

registry.category("web_tour.tours").add("it_kpi_follow_a_finding", {
    steps: () => [
        {
            content: "One line has no mark: go there",
            trigger: `${FINDINGS} button:contains(信息化系统运维情况)`,
            run: "click",
        },
        {
            content: "There was no year before, so nothing is shown of it",
            trigger: ".o_paper_details:contains(信息化系统运维情况):not(:has([name=last_year]))",
        },
        {
            content: "Ask to hand over what is not complete",
            trigger: ".o_form_statusbar .o_statusbar_buttons .btn-primary",
            run: "click",
        },
        {
            content: "What is to be done is listed, and nothing can be handed over: go to the line",
            trigger: `.modal:not(:has(button[name=action_confirm])) ${FINDINGS} button:contains(信息化系统运维情况)`,
            run: "click",
        },
        {
            content: "The dialog is gone, and the line is there",
            trigger: "body:not(:has(.modal)) .o_paper_current:contains(信息化系统运维情况)",
        },
        {
            content: "Enter what was measured",
            trigger: ".o_paper_details:contains(信息化系统运维情况) [name=measured_value] input",
            run: "edit 85% && press Tab",
        },
        {
            content: "It proposes a grade",
            trigger: ".o_paper_current [data-mark=B].o_paper_chosen",
        },
        {
            content: "Now the mark lacks its explanation",
            trigger: `${FINDINGS} button:contains(信息化系统运维情况)`,
            run: "click",
        },
        {
            content: "Explain it",
            trigger: ".o_paper_details textarea[data-field=explanation]",
            run: "edit 按月导出在线率。",
        },
        {
            content: "Mark what was not measured",
            trigger: ".o_paper_current [data-mark=C]",
            run: "click",
        },
        {
            content: "The mark counts, and contradicts what was measured",
            trigger: `body:has(.o_paper_current:contains("3.00 / 5")) ${FINDINGS} button:contains(85)`,
        },
        {
            content: "Mark what was measured",
            trigger: ".o_paper_current [data-mark=B]",
            run: "click",
        },
        {
            content: "What is left can be signed",
            trigger: `${FINDINGS}:not(:has(.border-danger)):has(.border-warning)`,
        },
        {
            content: "Hand over to the leader",
            trigger: ".o_form_statusbar .o_statusbar_buttons .btn-primary",
            run: "click",
        },
        {
            content: "Say yes to who signs it",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        { content: "It waits for the signature", trigger: ".o_arrow_button_current[data-value=to_sign]" },
    ],
});
