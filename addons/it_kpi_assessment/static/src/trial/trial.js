import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { ExplainedNumber } from "../explained/explained_number";
import { describeMissing } from "../provisional/provisional";
import { readYears } from "./trial_source";

const MODEL = "it.kpi.trial";
const PAGE = 50;
const WEIGHT = 50;

/** 试算: the live ranking beside what it would be under other rules. */
export class Trial extends Component {
    static template = "it_kpi_assessment.Trial";
    static components = { ExplainedNumber, Layout, Pager };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.latest = new KeepLast();
        this.years = [];
        this.tried = null;
        this.query = useState({ year: 0, weight: WEIGHT, readings: {}, without: 0, grading: null });
        this.state = useState({ rows: [], units: [], error: "", offset: 0, limit: PAGE });
        this.weigh = useDebounced((weight) => this.change({ weight }), 300);
        this.grade = useDebounced((values) => this.change({ grading: { ...this.query.grading, ...values } }), 300);
        onWillStart(() => this.start());
    }

    get year() {
        return this.years.find((year) => year.id === this.query.year);
    }

    get page() {
        return this.state.rows.slice(this.state.offset, this.state.offset + this.state.limit);
    }

    /** The sentence on finals that are missing, so that nobody is among the last yet. */
    get missing() {
        return describeMissing(this.state.rows.length, this.state.rows.filter((row) => row.rank).length);
    }

    get surveyWeight() {
        return Math.round(10000 - 100 * this.query.weight) / 100;
    }

    /** What changes, in sentences that a screen reader also announces. */
    get summary() {
        const names = (test) => this.state.rows.filter(test).map((row) => row.name);
        const moved = names((row) => row.rank_change || (row.rank && !row.takes_part)).length;
        const joining = names((row) => row.tried_is_last && !row.is_last).join("、");
        const leaving = names((row) => row.is_last && !row.tried_is_last).join("、");
        const graded = names((row) => row.tried_band && row.tried_band !== row.band).join("、");
        return [
            _t("Units whose rank changes: %s.", moved),
            joining && _t("Must rectify as tried, and not now: %s.", joining),
            leaving && _t("Must rectify now, and not as tried: %s.", leaving),
            graded && _t("Units whose grade changes: %s.", graded),
        ].filter(Boolean);
    }

    async start() {
        this.years = await readYears(this.orm);
        if (this.years.length) {
            const asked = this.props.action.context?.trial_cycle_id;
            const year = this.years.find(({ id }) => id === asked) || this.years[0];
            await this.choose(year.id);
        }
    }

    /** Show a year under the rules as they are. */
    async choose(id) {
        this.query.year = id;
        const readings = Object.fromEntries(this.year.incidents.map(({ kind, effect }) => [kind, effect]));
        await this.change({ weight: WEIGHT, readings, without: 0, grading: this.year.grading });
        this.state.units = this.state.rows.map(({ unit_id, name }) => ({ id: unit_id, name }));
    }

    read(kind, effect) {
        const reading = Number(effect) || effect;
        return this.change({ readings: { ...this.query.readings, [kind]: reading } });
    }

    /** Let a grade of units begin at another final. */
    moveBand(name, threshold) {
        const bands = this.query.grading.bands.map((band) => (band[0] === name ? [name, threshold] : band));
        this.query.grading = { ...this.query.grading, bands };
        return this.grade({});
    }

    /** Try other rules. A refusal of the server is shown above the ranking tried last. */
    async change(values) {
        Object.assign(this.query, values);
        const { year, weight, readings, without, grading } = this.query;
        const terms = { weight, readings: { ...readings }, without: without || null };
        if (grading) {
            terms.grading = { ...grading };
        }
        try {
            const trial = this.orm.call(MODEL, "try_ranking", [year], terms);
            Object.assign(this.state, { rows: await this.latest.add(trial), error: "", offset: 0 });
            this.tried = { year, terms };
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            this.state.error = error.data.message;
        }
    }

    /** How a number came about under the rules of the ranking that is shown. */
    explain(row, number) {
        const { year, terms } = this.tried;
        return this.orm.call(MODEL, "explain_trial", [year, row.unit_id, number], terms);
    }

    nameZero(indicator) {
        return _t("%s becomes 0", indicator.form_label);
    }

    turnTo({ offset, limit }) {
        Object.assign(this.state, { offset, limit });
    }

    format(value) {
        return value === null ? "–" : value.toFixed(2);
    }

    /** A difference in points with its sign. */
    formatChange(value) {
        return value === null ? "–" : (value > 0 ? "+" : "") + value.toFixed(2);
    }

    /** How the rank changes: an arrow and, for screen readers as well, words. */
    getMove(row) {
        const places = row.rank_change;
        if (!row.takes_part) {
            return { words: _t("does not take part") };
        }
        if (places === null) {
            return { words: _t("no final yet") };
        }
        if (!places) {
            return { arrow: "=", words: _t("stays") };
        }
        return places > 0
            ? { arrow: "▲", words: _t("up %s", places) }
            : { arrow: "▼", words: _t("down %s", -places) };
    }
}

registry.category("actions").add("it_kpi_assessment.trial", Trial);
