import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

// More documents than these are printed in the background (AT_ONCE of it_kpi_cycle_job.py).
const AT_ONCE = 50;

/**
 * Downloads the addon's own prints without asking for wkhtmltopdf first: another engine may make
 * them. If there is none at all, the server says what to install.
 */
async function downloadOwnReport(action, options, env) {
    const own = action.report_name.startsWith("it_kpi_assessment.");
    if (!own || action.report_type !== "qweb-pdf") {
        return false;
    }
    const ids = action.context?.active_ids || [];
    if (ids.length > AT_ONCE) {
        const job = await env.services.orm.call("it.kpi.job", "ask", [[], action.report_name, ids]);
        await env.services.action.doAction(job);
        return true;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("it_kpi_assessment", downloadOwnReport);
