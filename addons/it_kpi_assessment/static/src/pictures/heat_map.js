import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { tintGap, tintShare } from "./palette";
import { getValue, hasValue } from "./picture_source";
import { ExplainedNumber } from "../explained/explained_number";

/** Units x indicators as a table: numbers in the cells, on a colour that deepens with them. */
export class HeatMap extends Component {
    static template = "it_kpi_assessment.HeatMap";
    static components = { ExplainedNumber };
    static props = {
        model: String,
        rows: Array,
        indicators: Array,
        cells: Object,
        form: String,
        sort: [String, Number],
        descending: Boolean,
        sortBy: Function,
        openUnit: Function,
        openCell: Function,
    };

    /** The dimensions, each with the number of its columns. */
    get dimensions() {
        const spans = new Map();
        for (const { dimension_id } of this.props.indicators) {
            const span = spans.get(dimension_id.id) || { ...dimension_id, columns: 0 };
            span.columns++;
            spans.set(dimension_id.id, span);
        }
        return [...spans.values()];
    }

    getSort(indicator) {
        if (this.props.sort !== indicator.id) {
            return "none";
        }
        return this.props.descending ? "descending" : "ascending";
    }

    getCell(row, indicator) {
        const { form } = this.props;
        const cell = this.props.cells[row.unit_id]?.[indicator.id];
        const value = getValue(cell, form);
        const kinds = form === "gap" ? ["assessment", "survey"] : [form];
        const ids = kinds.flatMap((kind) => cell?.[kind]?.id || []);
        const title = this.describe(indicator, cell);
        if (!hasValue(value)) {
            return { ids, text: "–", style: "", marks: [], title };
        }
        const share = value / indicator.points;
        const sign = form === "gap" && value > 0 ? "+" : "";
        return {
            ids,
            text: sign + value.toFixed(2).replace(/^-0\.00$/, "0.00"),
            style: form === "gap" ? tintGap(share) : tintShare(share),
            marks: this.getMarks(kinds.map((kind) => cell[kind].origin)),
            title,
        };
    }

    getMarks(origins) {
        return [
            ["mean", "x̄", _t("Mean")],
            ["zeroed", "⊘", _t("Zeroed by an Incident")],
        ].filter(([origin]) => origins.includes(origin));
    }

    /** The points of both forms in a cell, as text. */
    describe(indicator, cell) {
        const labels = [
            ["assessment", _t("Self-Assessment")],
            ["survey", _t("On-Site Survey")],
        ];
        const words = labels.map(([kind, label]) => {
            const value = getValue(cell, kind);
            const mean = cell?.[kind]?.origin === "mean" ? ` (${_t("Mean")})` : "";
            return `${label} ${hasValue(value) ? value.toFixed(2) : "–"}${mean}`;
        });
        return `${indicator.form_label} (${indicator.points}): ${words.join(" · ")}`;
    }
}
