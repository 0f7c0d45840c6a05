import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** The ranking as bars: a unit's two totals and its final, each with its number. */
export class RankingBars extends Component {
    static template = "it_kpi_assessment.RankingBars";
    static props = { rows: Array, openUnit: Function };

    getBars(row) {
        return [
            ["assessment", _t("Self"), row.assessment_total],
            ["survey", _t("On Site"), row.survey_total],
            ["final", _t("Final"), row.final],
        ].map(([name, label, value]) => ({ name, label, value, text: value.toFixed(2) }));
    }
}
