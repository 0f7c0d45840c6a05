import { registry } from "@web/core/registry";
import { click, see } from "./steps";

const ROW = (unit) => `.o_it_kpi_trial tbody tr:contains(${unit})`;
const set = (content, trigger, run) => ({ content, trigger, run });

// The division tries other grades of units, and proposes funds on the published result.
registry.category("web_tour.tours").add("it_kpi_trial_bands", {
    steps: () => [
        see("The live ranking has a column of grades", ".o_list_renderer th[data-name=band]"),
        see("With the grade of each unit", ".o_data_row:contains(昭化):contains(优秀)"),
        click("To the trial", ".o_control_panel button:contains(Trial Calculation)"),
        see("Grades as they are and as tried", `${ROW("昭化")}:contains(优秀)`),
        see("At first none changes", ".o_it_kpi_summary:not(:contains(Units whose grade changes))"),
        set("The best grade from 85 points", "input[name=优秀]", "edit 85"),
        see("Whose grade changes", ".o_it_kpi_summary:contains(Units whose grade changes: 昭化.)"),
        see("Beside the one as it is", `${ROW("昭化")}:contains(优秀):contains(良好)`),
        set("Two grades that begin at the same final", "input[name=优秀]", "edit 70"),
        see("It says why", ".o_it_kpi_refusal:contains(begin at different finals)"),
        click("Back to the rules", "button[name=reset]"),
        see("No grade changes again", "body:not(:has(.o_it_kpi_refusal)) .o_it_kpi_summary:not(:contains(Units whose grade))"),
        set("A quota of one unit", "input[name=quota]", "edit 1"),
        see("Who is pushed out", ".o_it_kpi_summary:contains(Units whose grade changes: 昭化.)"),
    ],
});

registry.category("web_tour.tours").add("it_kpi_funds", {
    steps: () => [
        click("The division proposes funds", "button[name=action_propose_funds]"),
        set("Enter the pool", "div[name=total] input", "edit 500000"),
        click("By the excess over a gate", "div[name=method] select, div[name=method] input"),
        click("Choose it", ".o_select_menu_item:contains(Excess), option:contains(Excess)"),
        set("The gate", "div[name=gate] input", "edit 60"),
        click("Save", ".o_form_button_save"),
        see("The sum is exact", ".o_list_footer:contains(500,000), tfoot:contains(500,000)"),
        see("Each amount explains itself", ".o_data_row:contains(利州):contains(excess 31.2)"),
        click("Propose", "button[name=action_propose]"),
        see("It waits for the leadership", ".o_arrow_button_current[data-value=proposed]"),
    ],
});
