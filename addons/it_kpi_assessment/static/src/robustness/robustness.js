import { Component, markup, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const MODEL = "it.kpi.robustness";
const PAGE = 60;
const STEPS = 20;

/** 排名稳健性: how firmly a ranking stands. One request reads all of a year. */
export class Robustness extends Component {
    static template = "it_kpi_assessment.Robustness";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.latest = new KeepLast();
        this.state = useState({ years: [], year: 0, data: null, error: "", shown: PAGE, steps: STEPS });
        onWillStart(() => this.start());
    }

    async start() {
        const domain = [
            ["state", "in", ["review", "proposed", "published", "archived"]],
            ["is_recused", "=", false],
        ];
        const years = await this.orm.searchRead("it.kpi.cycle", domain, ["display_name"]);
        this.state.years = years.map(({ id, display_name: name }) => ({ id, name }));
        const asked = this.props.action.context?.robustness_cycle_id;
        // Of another bureau the user may read the years and not this page: show the first one that opens.
        for (const { id } of asked ? [{ id: asked }] : this.state.years) {
            await this.choose(id);
            if (!this.state.error) {
                return;
            }
        }
    }

    /** Show a year; what the server refuses is said in the place of its tables. */
    async choose(id) {
        Object.assign(this.state, { year: id, data: null, error: "", shown: PAGE, steps: STEPS });
        try {
            this.state.data = await this.latest.add(this.orm.call(MODEL, "get_robustness", [id]));
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            this.state.error = error.data.message;
        }
    }

    get picture() {
        return markup(this.state.data.picture);
    }

    /** That the picture has not all units. */
    get undrawn() {
        return _t("The picture shows the last units only; %s more stand in the table.", this.state.data.undrawn);
    }

    get units() {
        return this.state.data.units.slice(0, this.state.shown);
    }

    get leniency() {
        return this.state.data.leniency.rows.slice(0, this.state.shown);
    }

    get hasMore() {
        return this.state.data.units.length > this.state.shown;
    }

    get idle() {
        return this.state.data.indicators.filter((indicator) => indicator.is_idle).length;
    }

    get deciding() {
        return this.state.data.deciding.rows.slice(0, this.state.steps);
    }

    get hasMoreSteps() {
        return this.state.data.deciding.rows.length > this.state.steps;
    }

    get isCut() {
        return this.state.data.deciding.rows.length < this.state.data.deciding.steps;
    }

    describeReach(unit) {
        return unit.best === unit.worst ? `${unit.best}` : `${unit.best}–${unit.worst}`;
    }

    describeSteps(count) {
        return _t("Marks that decide: %s", count);
    }

    showAll() {
        this.state.shown = Infinity;
    }

    showSteps() {
        this.state.steps = Infinity;
    }

    print() {
        return this.action.doAction("it_kpi_assessment.robustness_report", {
            additionalContext: { active_id: this.state.year, active_ids: [this.state.year] },
        });
    }
}

registry.category("actions").add("it_kpi_assessment.robustness", Robustness);
