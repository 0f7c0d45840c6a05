import { registry } from "@web/core/registry";
import { click, see } from "./steps";

const ROW = (unit) => `.o_it_kpi_trial tbody tr:contains(${unit})`;
const set = (content, trigger, run) => ({ content, trigger, run });

registry.category("web_tour.tours").add("it_kpi_trial", {
    steps: () => [
        click("From the ranking if published now", ".o_control_panel button:contains(Trial Calculation)"),
        see("It says that nothing is stored", ".alert:contains(A trial: nothing is stored.)"),
        see("At first no rank changes", ".o_it_kpi_summary:contains(Units whose rank changes: 0.)"),
        set("The survey alone", "input[name=weight]", "edit 0"),
        see("The survey has the rest", "label:contains(On-site survey: 100 %)"),
        see("The unit that did not file moves up, in words", `${ROW("剑阁")}:contains(72.80):contains(▲):contains(up 2):contains(+36.40)`),
        see("And leaves the last three", ".o_it_kpi_summary:contains(Must rectify now, and not as tried: 剑阁.)"),
        set("An impossible weight", "input[name=weight]", "edit 101"),
        see("It says why", ".o_it_kpi_refusal:contains(“Weight of the Self-Assessment”)"),
        click("Back to the rules", "button[name=reset]"),
        see("No rank changes again", `body:not(:has(.o_it_kpi_refusal)) ${ROW("剑阁")}:contains(stays)`),
        set("A leak makes the final 0", "select[name=leak]", "selectByLabel Final becomes 0"),
        see("The unit loses all", `${ROW("青川")}:contains(▼):contains(down 1):contains(-68.00)`),
        set("Without a unit", "select[name=without]", "selectByLabel 利州"),
        see("It does not take part", `${ROW("利州")}:contains(does not take part)`),
        see("Others move up", `${ROW("昭化")}:contains(up 1)`),
        click("How the number as it is came about", `${ROW("昭化")} td:eq(1) button`),
        see("By the rules as they are", ".o_it_kpi_explanation:contains(= 81.845, rounded to 81.85)"),
        click("And the number as tried", `${ROW("昭化")} td:eq(4) button`),
        see("By the rules that are tried", ".o_it_kpi_explanation:contains(昭化 · Final as tried):contains( × 50% + )"),
    ],
});
