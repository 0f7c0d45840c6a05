import { registry } from "@web/core/registry";
import { drawSignature } from "./drawing";
import { click, see } from "./steps";

/** How many units there are, who visits them, and how many clicks are allowed. */
const getMany = () => odoo.itKpiMany || { units: 1, assessor: 0, most: 0 };
const LAST = () => `.o_data_row:eq(${getMany().units - 1})`;
let clicks = 0;

const begin = () => ({
    content: "All surveys are there: choose them",
    trigger: ".o_list_table thead .o_list_record_selector input",
    run: async ({ click }) => {
        clicks = 0;
        document.addEventListener("click", () => clicks++, true);
        await click();
    },
});

const end = (content, trigger) => ({
    content,
    trigger,
    timeout: 60000,
    run: () => {
        if (clicks < 3 || clicks > getMany().most) {
            throw new Error(`${content}: ${clicks} clicks`);
        }
    },
});

registry.category("web_tour.tours").add("it_kpi_assign_many", {
    steps: () => [
        see("All surveys are there", LAST()),
        begin(),
        click("Assign", ".o_control_panel button:contains(Assign Assessors)"),
        click("One assessor visits all", `.modal thead input[data-person="${getMany().assessor}"]`),
        see("The last unit is ticked", `.modal tbody tr:last input[data-person="${getMany().assessor}"]:checked`),
        click("Confirm", ".modal button[name=action_confirm]"),
        end("All are assigned", "body:not(:has(.modal)) .o_data_row:last [name=assessor_ids] .o_tag"),
    ],
});

registry.category("web_tour.tours").add("it_kpi_confirm_many", {
    steps: () => [
        see("All surveys are there", LAST()),
        begin(),
        click("Confirm", ".o_control_panel button:contains(Confirm)"),
        ...drawSignature(),
        end("All are confirmed", "body:not(:has(.modal)) .o_data_row:last [name=stage]:contains(Confirmed)"),
    ],
});
