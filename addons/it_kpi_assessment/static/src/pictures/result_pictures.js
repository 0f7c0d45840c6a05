import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { ExplainedNumber } from "../explained/explained_number";
import { ChartCanvas } from "./chart_canvas";
import { getRadar, getYears, hasMeans } from "./result_charts";

const YEAR = {
    cycle_id: { fields: { year: {} } },
    assessment_total: {},
    survey_total: {},
    final: {},
    rank: {},
    note: {},
};

/** On the result of a unit: its dimensions as a radar, and its years as lines. */
export class ResultPictures extends Component {
    static template = "it_kpi_assessment.ResultPictures";
    static components = { ChartCanvas, ExplainedNumber };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.data = useState({ dimensions: [], years: [] });
        this.getRadar = getRadar;
        this.getYears = getYears;
        this.numbers = ["rank", "assessment_total", "survey_total", "final"];
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps(({ record }) => this.load(record));
    }

    get hasMeans() {
        return hasMeans(this.data.dimensions);
    }

    async load(record) {
        if (record.resId === this.resId) {
            return;
        }
        this.resId = record.resId;
        const domain = [
            ["unit_id", "=", record.data.unit_id.id],
            ["is_current", "=", true],
            ["withdrawn", "=", false],
        ];
        const [dimensions, years] = await Promise.all([
            this.orm.call("it.kpi.result", "get_dimension_shares", [[record.resId]]),
            this.orm.webSearchRead("it.kpi.result", domain, { specification: YEAR }),
        ]);
        years.records.sort((one, other) => one.cycle_id.year - other.cycle_id.year);
        Object.assign(this.data, { dimensions, years: years.records });
    }

    format(value, unit = "") {
        return typeof value === "number" ? value.toFixed(2) + unit : "–";
    }

    openDimension(dimension) {
        const { unit_name } = this.props.record.data;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${unit_name} · ${dimension.name}`,
            res_model: "it.kpi.result.line",
            domain: [
                ["result_id", "=", this.resId],
                ["dimension_id", "=", dimension.id],
            ],
            views: [
                [false, "list"],
                [false, "kanban"],
            ],
        });
    }

    openYear(result) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "it.kpi.result",
            res_id: result.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("it_kpi_result_pictures", {
    component: ResultPictures,
    fieldDependencies: [
        { name: "unit_id", type: "many2one" },
        { name: "unit_name", type: "char" },
    ],
});
