/* global Chart */
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

/**
 * One chart of Chart.js, in the colours of the theme. ``getConfig(color)`` makes it; ``open(index)``
 * is called with the point that was clicked. What it shows has to stand beside it as a table.
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
