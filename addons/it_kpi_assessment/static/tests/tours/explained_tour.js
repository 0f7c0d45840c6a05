import { registry } from "@web/core/registry";
import { click, see } from "./steps";

const TEXT = ".o_it_kpi_explanation";
const MEAN = "[name=line_ids] .o_data_row:contains(3.40):first [name=score] button";
const close = () => [
    { content: "Close it", trigger: `${TEXT} .btn-close`, run: "press Escape" },
    see("It is closed", `body:not(:has(${TEXT}))`),
];

registry.category("web_tour.tours").add("it_kpi_explained_result", {
    steps: () => [
        click("How the final came about", ".o_data_row:contains(昭化) [name=final] button"),
        see("As in the letter", `${TEXT}:contains((85.85 + 77.84) ÷ 2 = 81.845, rounded to 81.85)`),
        ...close(),
        see("No record was opened by that", ".o_list_view"),
        click("The rank", ".o_data_row:contains(昭化) [name=rank] button"),
        see("How many are above", `${TEXT}:contains(Rank 2 of 6)`),
        ...close(),
        click("Open the result", ".o_data_row:contains(昭化) [name=unit_name]"),
        click("A total", ".o_form_view [name=assessment_total] button"),
        see("What it is the sum of", `${TEXT}:contains(85.85 = 组织管理 8.60 + )`),
        ...close(),
        click("The lines", ".o_notebook .nav-link[name=lines]"),
        {
            content: "A mean, by keyboard",
            trigger: MEAN,
            run: ({ anchor }) => anchor.focus(),
        },
        { content: "Enter", trigger: `${MEAN}:focus`, run: "press Enter" },
        see("The units, and the points of their own unit", `${TEXT}:contains(4 units):contains(利州 4.00、朝天、旺苍、青川)`),
        ...close(),
    ],
});

registry.category("web_tour.tours").add("it_kpi_explained_live", {
    steps: () => [
        click("How the final came about", ".o_data_row:contains(旺苍) [name=final] button"),
        see("The mean of the totals", `${TEXT}:contains((89.30 + 82.60) ÷ 2 = 85.95)`),
        see("The veto", `${TEXT}:contains(the final is 0.00 in place of 85.95)`),
        see("How many forms it is based on", `${TEXT}:contains(6 of 6 surveys are confirmed)`),
        ...close(),
    ],
});
