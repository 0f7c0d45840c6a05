/* global Chart */
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

/**
 * One chart of Chart.js, in the colours of the theme. ``getConfig(data, color)`` returns its
 * configuration; ``open(row)`` is called with the row of data that was clicked. The page has to show
 * the same numbers as a table, for screen readers.
 */
export class ChartCanvas extends Component {
    static template = "it_kpi_assessment.ChartCanvas";
    static props = { label: String, getConfig: Function, data: Array, open: Function };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.data]
        );
    }

    draw() {
        const { color } = getComputedStyle(this.canvas.el);
        const config = this.props.getConfig(this.props.data, color);
        config.options = {
            responsive: true,
            maintainAspectRatio: false,
            interaction: { mode: "nearest", intersect: false },
            onClick: (_event, [point]) => point && this.props.open(this.props.data[point.index]),
            plugins: { legend: { position: "bottom", labels: { color, usePointStyle: true } } },
            ...config.options,
        };
        const chart = new Chart(this.canvas.el, config);
        return () => chart.destroy();
    }
}
