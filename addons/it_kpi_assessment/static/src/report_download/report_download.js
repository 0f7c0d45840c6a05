import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";
import { session } from "@web/session";

/**
 * Download the addon's own prints without checking for wkhtmltopdf first: WeasyPrint makes them,
 * and without it the server answers what to install. More documents than
 * `session.it_kpi_printed_at_once` are printed by a job in the background.
 */
async function downloadOwnReport(action, options, env) {
    const own = action.report_name.startsWith("it_kpi_assessment.");
    if (!own || action.report_type !== "qweb-pdf") {
        return false;
    }
    const ids = action.context?.active_ids || [];
    if (ids.length > session.it_kpi_printed_at_once) {
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
