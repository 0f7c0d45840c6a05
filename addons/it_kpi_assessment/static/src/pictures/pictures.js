import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { HeatMap } from "./heat_map";
import { readSources } from "./picture_source";
import { RankingBars } from "./ranking_bars";

const PAGE = 20;
const QUERY = {
    picture: "ranking",
    form: "survey",
    search: "",
    kind: "",
    lastOnly: false,
    sort: "rank",
    descending: false,
    offset: 0,
    limit: PAGE,
};

/** Pictures of one year's result: the ranking as bars, and the heat map of units x indicators. */
export class Pictures extends Component {
    static template = "it_kpi_assessment.Pictures";
    static components = { HeatMap, Layout, Pager, RankingBars };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.latest = new KeepLast();
        const picture = this.props.action.params?.scores ? "heat_map" : QUERY.picture;
        this.query = useState({ ...QUERY, picture, ...this.props.state?.query });
        this.data = useState({ sources: [], rows: [], total: 0, missing: "", indicators: [], cells: {} });
        this.search = useDebounced((text) => this.change({ search: text }), 300);
        useSetupAction({ getLocalState: () => ({ query: { ...this.query } }) });
        onWillStart(() => this.start());
    }

    get source() {
        return this.data.sources.find((source) => source.key === this.query.source);
    }

    get sorts() {
        const indicators = this.query.picture === "heat_map" ? this.data.indicators : [];
        return [
            ["rank", _t("Rank")],
            ["unit", _t("Unit")],
            ["assessment_total", _t("Self-Assessment Total")],
            ["survey_total", _t("Survey Total")],
            ["final", _t("Final")],
            ...indicators.map((indicator) => [indicator.id, indicator.form_label]),
        ];
    }

    async start() {
        const { model, scores } = this.props.action.params || {};
        const ofCycle = model === "it.kpi.cycle" || scores === "it.kpi.ranking";
        const id = this.props.action.context?.active_id;
        const sources = await readSources(this.orm, {
            publicationId: ofCycle ? 0 : id,
            seesLive: await user.checkAccessRight("it.kpi.ranking", "read"),
            nameLive: (year) => _t("%s, if published now", year),
        });
        this.data.sources = sources.filter((source) => !scores || source.scores === scores);
        if (!this.source && this.data.sources.length) {
            this.query.source = this.choose(ofCycle ? "cycle" : "publication", id).key;
        }
        await this.load();
    }

    /** The year's live ranking while it is under way, else its publication, else the latest one. */
    choose(model, id) {
        const { sources } = this.data;
        return (
            sources.find((source) => source.key === `${model}_${id}`) ||
            (model === "cycle" && sources.find((source) => source.cycleId === id)) ||
            sources[0]
        );
    }

    /** Change the query; every change but that of the page returns to the first page. */
    async change(values) {
        const otherYear = values.source && values.source !== this.query.source;
        Object.assign(this.query, { offset: 0 }, values);
        const bars = this.query.picture === "ranking";
        if (typeof this.query.sort === "number" && (bars || otherYear)) {
            Object.assign(this.query, { sort: "rank", descending: false });
        }
        await this.load();
    }

    async load() {
        if (this.source) {
            Object.assign(this.data, await this.latest.add(this.read()));
        }
    }

    async read() {
        const { source, orm, query } = this;
        const [page, missing] = await Promise.all([source.readPage(orm, query), source.readMissing(orm)]);
        const read = { rows: page.records, total: page.length, missing };
        if (query.picture === "heat_map") {
            const units = page.records.map((row) => row.unit_id);
            [read.indicators, read.cells] = await Promise.all([
                source.readIndicators(orm),
                source.readCells(orm, units),
            ]);
        }
        return read;
    }

    /** Sort by a column, the best first; if it is the current one, reverse the order. */
    sortBy(sort) {
        const again = this.query.sort === sort;
        const descending = again ? !this.query.descending : !["rank", "unit"].includes(sort);
        return this.change({ sort, descending });
    }

    onSort(value) {
        return this.sortBy(Number(value) || value);
    }

    openUnit(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: this.source.scores,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    openCell(row, indicator) {
        return this.openLines(`${row.unit_name} · ${indicator.form_label}`, [
            ["unit_id", "=", row.unit_id],
            ["indicator_id", "=", indicator.id],
        ]);
    }

    /** Open the lines behind the cells as a list, which can be filtered, grouped and exported. */
    openLines(name, domain = []) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: this.source.lines,
            domain: [...this.source.scope, ...domain],
            views: [
                [false, "list"],
                [false, "kanban"],
            ],
        });
    }
}

registry.category("actions").add("it_kpi_assessment.pictures", Pictures);
