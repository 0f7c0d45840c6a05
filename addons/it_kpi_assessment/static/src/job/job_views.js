import { onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { listView } from "@web/views/list/list_view";

const PERIOD = 2000;
const UNDER_WAY = ["waiting", "running"];

/** Reload the page every two seconds while one of the jobs on it is under way. */
function keepUpToDate(Controller) {
    return class extends Controller {
        setup() {
            super.setup();
            const timer = setInterval(() => this.reloadJobs(), PERIOD);
            onWillUnmount(() => clearInterval(timer));
        }

        async reloadJobs() {
            const { root } = this.model;
            const records = root?.records || (root ? [root] : []);
            if (records.some((job) => UNDER_WAY.includes(job.data.state))) {
                // Without a connection the next poll is enough; the web client shows that it is lost.
                await root.load().catch(() => {});
            }
        }
    };
}

for (const [name, view] of [
    ["it_kpi_job_form", formView],
    ["it_kpi_job_list", listView],
]) {
    registry.category("views").add(name, { ...view, Controller: keepUpToDate(view.Controller) });
}
