import { Component } from "@odoo/owl";

/** The stages of one kind of form as bars, each with its number, its name and who has to act. */
export class StageBars extends Component {
    static template = "it_kpi_assessment.StageBars";
    static props = { title: String, stages: Array, openStage: Function, openAll: Function };

    get total() {
        return this.props.stages.reduce((sum, stage) => sum + stage.count, 0);
    }

    get done() {
        return this.props.stages.reduce((sum, stage) => sum + (stage.is_done && stage.count), 0);
    }

    getWidth(stage) {
        return this.total ? (100 * stage.count) / this.total : 0;
    }
}
