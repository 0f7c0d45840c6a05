import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** The first late units in the order of the server, with a button that opens all of them. */
export class LateUnits extends Component {
    static template = "it_kpi_assessment.LateUnits";
    static props = {
        rows: Array,
        count: Number,
        order: String,
        descending: Boolean,
        canRemind: Boolean,
        sortBy: Function,
        openUnit: Function,
        openAll: Function,
        remind: Function,
    };

    get columns() {
        return [
            ["unit", _t("Unit")],
            ["stage", _t("State")],
            ["until", _t("Due")],
        ];
    }

    getSort(order) {
        if (this.props.order !== order) {
            return "none";
        }
        return this.props.descending ? "descending" : "ascending";
    }
}
