import { registry } from "@web/core/registry";
import { back, click, see } from "./steps";

const BARS = ".o_it_kpi_bars";
const MAP = ".o_it_kpi_heat_map";
const ROW = (unit) => `${MAP} tbody tr:contains(${unit})`;

registry.category("web_tour.tours").add("it_kpi_pictures", {
    steps: () => [
        see("The first has its final", `${BARS} tbody tr:first:contains(利州):contains(93.60):contains(88.80):contains(91.20)`),
        { content: "Look for one unit", trigger: ".o_it_kpi_toolbar input[type=search]", run: "edit 昭化" },
        see("Only that one is there", `${BARS}:not(:has(button:contains(利州))) button:contains(昭化)`),
        { content: "Look for all again", trigger: ".o_it_kpi_toolbar input[type=search]", run: "clear" },
        click("A bar leads to the result", `${BARS} tbody tr:contains(利州) td:last`),
        see("The result of the unit", ".o_form_view [name=unit_name]:contains(利州)"),
        back(),
        click("The heat map", "button[name=heat_map]"),
        see("A mean is marked as such", `${ROW("昭化")} td:eq(3):contains(3.04):contains(x̄)`),
        { content: "The gap of both forms", trigger: ".o_it_kpi_form", run: "select gap" },
        see("A gap has its sign", `${ROW("利州")} td:eq(3):contains(+0.80)`),
        click("Sort by an indicator", `${MAP} thead tr:last button:eq(3)`),
        see("The column says so", `${MAP} thead tr:last th:eq(3)[aria-sort=descending]`),
        see("The widest gap is first", `${MAP} tbody tr:first:contains(利州)`),
        see("The unit that did not file is last", `${MAP} tbody tr:last:contains(剑阁)`),
        click("A cell says how it came about", `${ROW("昭化")} td:eq(3) button`),
        see("Of both forms", ".o_it_kpi_explanation:contains(3.40 =):contains(3.04 =)"),
        click("It leads to its lines", ".o_it_kpi_explanation button:contains(Open the Details)"),
        see("Both forms, with how it came about", ".o_list_view:has(.o_data_row:eq(1)) .o_data_row:contains(3.40)"),
        back(),
        see("The picture is as it was left", `${ROW("利州")} td:eq(3):contains(+0.80)`),
        click("A unit leads to its result", `${ROW("利州")} th button`),
        click("Its pictures", ".o_notebook .nav-link[name=pictures]"),
        see("The radar", ".o_it_kpi_radar canvas[role=img]"),
        see("Its numbers, with the mean", ".o_it_kpi_radar tr:contains(97.14 %):contains(82.29 %)"),
        see("One year is no line yet", ".o_it_kpi_years:not(:has(canvas)) tbody tr"),
        click("A dimension leads to its lines", ".o_it_kpi_radar tbody tr:eq(2) button"),
        see("Three indicators on two forms", ".o_list_view .o_data_row:eq(5)"),
        back(),
        click("Its pictures", ".o_notebook .nav-link[name=pictures]"),
        click("A year leads to its result", ".o_it_kpi_years tbody tr:contains(91.20) button"),
        see("The result of that year", ".o_breadcrumb .o_last_breadcrumb_item:contains(利州), .o_form_view [name=final]:contains(91.20)"),
    ],
});

registry.category("web_tour.tours").add("it_kpi_pictures_of_my_unit", {
    steps: () => [
        click("The pictures of the result", ".o_notebook .nav-link[name=pictures]"),
        see(
            "The own numbers, and no mean",
            ".o_it_kpi_radar table:not(:has(td.o_it_kpi_mean)) tr:contains(97.14 %):contains(88.57 %)"
        ),
    ],
});
