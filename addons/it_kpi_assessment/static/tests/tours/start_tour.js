import { setInputFiles } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { click, see } from "./steps";

/** The file that the test put on the page, and how many clicks are allowed. */
const getStart = () => odoo.itKpiStart || { file: "", name: "", most: 0 };
const STEP = (key) => `.o_it_kpi_step_${key}`;
// Sixty accounts may take their time.
const DONE = (key) => ({
    ...see(`${key} is done`, `body:not(:has(.modal)) ${STEP(key)}.o_it_kpi_done`),
    timeout: 60000,
});
// Opening the dialog of the system and choosing the file there.
const CLICKS_OF_A_FILE = 2;
let clicks = 0;

const toFile = (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new File([bytes], "单位和人员.xlsx");
};

registry.category("web_tour.tours").add("it_kpi_start", {
    steps: () => [
        {
            content: "The app is what an administrator begins with",
            trigger: ".o_view_nocontent a.btn-primary",
            run: async ({ click }) => {
                document.addEventListener("click", () => clicks++, true);
                await click();
            },
        },
        see("Nothing is done yet", `${STEP("name")}:not(.o_it_kpi_done)`),
        {
            content: "The name of the bureau",
            trigger: `${STEP("name")} input`,
            run: `edit ${getStart().name}`,
        },
        click("Save it", "button[name=save_name]"),
        DONE("name"),
        click("Upload the list", `${STEP("units")} button[name=upload]`),
        {
            content: "Choose the file",
            trigger: ".modal [name=file]",
            run: async ({ anchor, click }) => {
                await click(anchor.querySelector("input[type=file], .o_select_file_button"));
                clicks += CLICKS_OF_A_FILE - 1;
                await setInputFiles([toFile(getStart().file)]);
            },
        },
        see("It is there", ".modal [name=file] input.o_input:not(:empty), .modal [name=file] .o_clear_file_button"),
        click("Leave the units of another city out", ".modal [name=archives_others] input"),
        click("Check it", ".modal footer button.btn-primary[name=action_check]"),
        see("What it would change", ".modal [name=change_ids] .o_data_row"),
        click("Take it over", ".modal footer button[name=action_take_over]"),
        DONE("units"),
        DONE("people"),
        click("Create the year", `${STEP("year")} button[name=year]`),
        see("All units take part", "[name=unit_ids] .o_data_row:eq(19)"),
        click("Save it", ".o_form_button_save"),
        see("It is saved", ".o_form_saved"),
        click("Open it", ".o_statusbar_buttons button.oe_highlight, .o_statusbar_buttons button.btn-primary"),
        click("Yes", ".modal footer button.btn-primary[name=action_confirm]"),
        {
            content: "It is open, in few clicks",
            trigger: "body:not(:has(.modal)):has(.o_arrow_button_current[data-value=open])",
            run: () => {
                if (clicks < 8 || clicks > getStart().most) {
                    throw new Error(`From the empty database to the year: ${clicks} clicks`);
                }
            },
        },
    ],
});
