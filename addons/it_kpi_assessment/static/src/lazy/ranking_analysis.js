import { RankingControlPanel } from "../provisional/provisional";
import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
import { pivotView } from "@web/views/pivot/pivot_view";

// Odoo loads graphs and pivot tables later than the other views.
for (const [name, view] of Object.entries({ graph: graphView, pivot: pivotView })) {
    registry
        .category("views")
        .add(`it_kpi_ranking_${name}`, { ...view, ControlPanel: RankingControlPanel });
}
