import { ActivityMenu } from "@mail/core/web/activity_menu";
import { patch } from "@web/core/utils/patch";

const ONLY_DUE = ["search_default_activities_overdue", "search_default_activities_today"];

patch(ActivityMenu.prototype, {
    /** The clock counts what is due later as well: the list that it opens shows it. */
    executeActivityAction(group, domain, views, context, newWindow) {
        const isAll = ONLY_DUE.every((name) => context[name]);
        if (isAll && group.model.startsWith("it.kpi.")) {
            context = { ...context };
            ONLY_DUE.forEach((name) => delete context[name]);
        }
        return super.executeActivityAction(group, domain, views, context, newWindow);
    },
});
