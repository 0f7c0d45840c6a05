import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { LateUnits } from "./late_units";
import { StageBars } from "./stage_bars";

const CYCLE = "it.kpi.cycle";
const DASHBOARD = "it.kpi.dashboard";
const QUERY = { cycleId: false, order: "until", descending: false };

/**
 * How far a year has come: its deadline, how many forms are in which stage, which units are late,
 * and what comes next. One request reads all of it, again each time the page is shown.
 */
export class Dashboard extends Component {
    static template = "it_kpi_assessment.Dashboard";
    static components = { LateUnits, Layout, StageBars };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.latest = new KeepLast();
        const cycleId = this.props.action.context?.active_id || false;
        this.query = useState({ ...QUERY, cycleId, ...this.props.state?.query });
        this.data = useState({ cycles: [], cycle: false, is_division: false });
        useSetupAction({ getLocalState: () => ({ query: { ...this.query } }) });
        onWillStart(() => this.load());
    }

    get cycle() {
        return this.data.cycle;
    }

    get isUnderWay() {
        return ["open", "review", "proposed"].includes(this.cycle.state);
    }

    get isPublished() {
        return ["published", "archived"].includes(this.cycle.state);
    }

    async load() {
        const { cycleId, order, descending } = this.query;
        const request = this.orm.call(DASHBOARD, "get_dashboard", [cycleId], { order, descending });
        Object.assign(this.data, await this.latest.add(request));
    }

    async change(values) {
        Object.assign(this.query, values);
        await this.load();
    }

    chooseYear(value) {
        return this.change({ cycleId: Number(value) || false });
    }

    /** Sort by a column; if it is the current one, reverse the order. */
    sortBy(order) {
        const again = this.query.order === order;
        return this.change({ order, descending: again && !this.query.descending });
    }

    async openStage(kind, stage) {
        const { id } = this.cycle;
        return this.action.doAction(
            await this.orm.call(DASHBOARD, "action_open_stage", [id], { kind, stage })
        );
    }

    /** Open an action on the year, by the action's name. */
    openOfYear(name) {
        const { id } = this.cycle;
        const additionalContext = { active_id: id, active_ids: [id], active_model: CYCLE };
        return this.action.doAction(`it_kpi_assessment.${name}`, { additionalContext });
    }

    async showUnstaffed() {
        const action = await this.orm.call(CYCLE, "action_show_unstaffed", [[this.cycle.id]]);
        return this.action.doAction(action);
    }

    openYear() {
        return this.openRecord(CYCLE, this.cycle.id);
    }

    openYears() {
        return this.action.doAction("it_kpi_assessment.it_kpi_cycle_action", {
            clearBreadcrumbs: true,
        });
    }

    /** Open the form of a late unit; the unit itself where the user may not read the form yet. */
    openLate(row) {
        return row.form_id
            ? this.openRecord("it.kpi.assessment", row.form_id)
            : this.openRecord("it.kpi.unit", row.unit_id);
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Remind the people that a late unit's form waits for; without a unit, those of all forms. */
    async remind(row) {
        const [model, id] = row ? ["it.kpi.assessment", row.form_id] : [CYCLE, this.cycle.id];
        await this.action.doAction(await this.orm.call(model, "action_remind", [[id]]));
        await this.load();
    }
}

registry.category("actions").add("it_kpi_assessment.dashboard", Dashboard);
