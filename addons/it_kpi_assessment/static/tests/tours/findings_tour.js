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
            trigger: "button[name=action_hand_over]",
            run: "click",
        },
        { content: "It waits for the signature", trigger: ".o_arrow_button_current[data-value=to_sign]" },
    ],
});
