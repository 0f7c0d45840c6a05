import { registry } from "@web/core/registry";
import { back, click, see } from "./steps";

const STAGE = (name) => `.o_it_kpi_stage[data-stage=${name}]`;
const LATE = ".o_it_kpi_late_units";
const add = (name, steps) =>
    registry.category("web_tour.tours").add(`it_kpi_dashboard${name}`, { steps: () => steps });

add("", [
    see("How late it is, in words", ".o_it_kpi_days.o_it_kpi_late"),
    see("Five have not begun, all of them late", `${STAGE("not_begun")}:contains(5 late)`),
    click("A number leads to its list", `${STAGE("not_begun")} button`),
    see("The forms themselves, for the division", ".o_list_view .o_data_row:eq(4)"),
    back(),
    click("What is submitted", `${STAGE("submitted")} button`),
    see("One form", ".o_list_view .o_data_row:contains(昭化):only"),
    back(),
    click("Sort by unit", `${LATE} th:first button`),
    see("It says so", `${LATE} th:first[aria-sort=ascending]`),
    click("The other way round", `${LATE} th:first button`),
    see("It says so", `${LATE} th:first[aria-sort=descending]`),
    click("A late unit leads to its form", `${LATE} tbody tr:contains(利州) th button`),
    see("The form", ".o_form_view [name=unit_name]:contains(利州)"),
    back(),
    see("Sorted as it was left", `${LATE} th:first[aria-sort=descending]`),
    see("Not reminded yet", `${LATE} tbody tr:contains(利州):contains(–)`),
    click("Remind all", "button[name=remind_all]"),
    see("One has a reporter", ".o_notification:contains(1 people reminded)"),
    see("When it was", `${LATE} tbody tr:contains(利州):not(:contains(–))`),
    click("Once more, one of them", `${LATE} tbody tr:contains(利州) td button`),
    see("Not twice on a day", ".o_notification:contains(0 people reminded)"),
    click("The whole year", "button[name=year]"),
    see("The year", ".o_form_view .o_arrow_button_current[data-value=open]"),
]);

add("_leadership", [
    see("Six are late", `${LATE} h2:contains(6)`),
    see("There is no button to remind", `${LATE}:not(:has([name=remind_all])):not(:contains(Remind))`),
    click("A number leads to its list", `${STAGE("not_begun")} button`),
    see("The units, as the user may not read their forms", ".o_list_view td[name=reporter_ids]"),
    back(),
    click("A late unit leads to the unit", `${LATE} tbody tr:contains(利州) th button`),
    see("With its people", ".o_form_view [name=leader_ids]"),
    back(),
    click("The ranking", "button[name=ranking]"),
    see("If published now", ".o_list_view, .o_kanban_view"),
]);

add("_of_a_year", [
    click("From the year", ".o-form-buttonbox button:first"),
    see("Its numbers", `${STAGE("not_begun")} button:contains(6)`),
    click("The pictures", "button[name=pictures]"),
    see("The pictures of the year", ".o_it_kpi_bars"),
    back(),
    see("Back on the dashboard", STAGE("not_begun")),
]);

add("_empty", [
    see("What to do", ".o_it_kpi_empty:contains(open it)"),
    { content: "Another year", trigger: ".o_it_kpi_year", run: "selectByIndex 1" },
    see("Its numbers", STAGE("not_begun")),
    click("All of its forms", ".o_it_kpi_stages h2 button:first"),
    see("The forms", ".o_kanban_view"),
]);
