import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { ExplainedNumber } from "../explained/explained_number";

/** The ranking as bars: a unit's two totals and its final, each with its number. */
export class RankingBars extends Component {
    static template = "it_kpi_assessment.RankingBars";
    static components = { ExplainedNumber };
    static props = { model: String, rows: Array, fullPoints: Number, isProvisional: Boolean, openUnit: Function };

    getBars(row) {
        return [
            ["assessment", _t("Self"), "assessment_total"],
            ["survey", _t("On Site"), "survey_total"],
            ["final", _t("Final"), "final"],
        ].map(([name, label, field]) => ({
            name,
            label,
            field,
            percent: (100 * row[field]) / this.props.fullPoints,
            text: row[field].toFixed(2),
        }));
    }
}
