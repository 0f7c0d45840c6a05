import { registry } from "@web/core/registry";
import { drawSignature } from "./drawing";

registry.category("web_tour.tours").add("it_kpi_fill_and_hand_over", {
    steps: () => [
        { content: "Go to what is missing", trigger: ".o_paper_next_to_do", run: "click" },
        {
            content: "Mark the unmarked line with one click",
            trigger: ".o_paper_unmarked.o_paper_current [data-mark=B]",
            run: "click",
        },
        { content: "All lines are marked", trigger: ".o_paper_marked:contains(16 / 16)" },
        {
            content: "Explain the mark",
            trigger: ".o_paper_panel textarea[data-field=explanation]",
            run: "edit 按季统计平台使用率，见附件。",
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
