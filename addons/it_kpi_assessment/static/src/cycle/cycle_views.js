import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { listView } from "@web/views/list/list_view";

/** Offer to delete years that were never opened only: the server keeps the others. */
function deleteDraftsOnly(Controller) {
    return class extends Controller {
        getStaticActionMenuItems() {
            const items = super.getStaticActionMenuItems();
            const { isAvailable } = items.delete;
            items.delete.isAvailable = () =>
                isAvailable() && this.chosenYears.every(({ data }) => data.state === "draft");
            return items;
        }

        get chosenYears() {
            const { root } = this.model;
            return root.selection || [root];
        }
    };
}

for (const [name, view] of [
    ["it_kpi_cycle_form", formView],
    ["it_kpi_cycle_list", listView],
]) {
    registry.category("views").add(name, {
        ...view,
        Controller: deleteDraftsOnly(view.Controller),
    });
}
