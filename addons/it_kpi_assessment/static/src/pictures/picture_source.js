import { readMissing } from "../provisional/provisional";

const TOTALS = ["rank", "assessment_total", "survey_total", "final", "note", "is_last", "unfiled"];
const SCORE = {
    ...Object.fromEntries(TOTALS.map((name) => [name, {}])),
    unit_id: {},
    unit_name: {},
    unit_short_name: {},
};
const CELL = Object.fromEntries(
    ["unit_id", "indicator_id", "kind", "score", "points", "origin", "unit_count"].map((name) => [
        name,
        {},
    ])
);

/** The value of a cell: the points of one form, or self-assessment minus on-site survey. */
export function getValue(cell, form) {
    const score = (kind) => {
        const line = cell?.[kind];
        return line && line.origin !== "dropped" ? line.score : undefined;
    };
    return form === "gap" ? score("assessment") - score("survey") : score(form);
}

export const hasValue = (value) => value !== undefined && !Number.isNaN(value);

/**
 * The source of the pictures' numbers: a publication, or the live ranking of a year under way.
 * Everything is read with the user's own rights, in a fixed number of requests per page.
 */
export class PictureSource {
    constructor({ key, label, rubric, cycleId, scores, lines, scope, unitOrder }) {
        const { id: rubricId, full_points: fullPoints } = rubric;
        Object.assign(this, { key, label, rubricId, fullPoints, cycleId, scores, lines, scope });
        this.unitOrder = unitOrder;
    }

    get isLive() {
        return this.scores === "it.kpi.ranking";
    }

    static published(publication) {
        return new PictureSource({
            key: `publication_${publication.id}`,
            label: publication.display_name,
            rubric: publication.rubric_id,
            cycleId: publication.cycle_id,
            scores: "it.kpi.result",
            lines: "it.kpi.result.line",
            scope: [["publication_id", "=", publication.id]],
            unitOrder: "unit_order",
        });
    }

    static live(cycle, label) {
        return new PictureSource({
            key: `cycle_${cycle.id}`,
            label,
            rubric: cycle.rubric_id,
            cycleId: cycle.id,
            scores: "it.kpi.ranking",
            lines: "it.kpi.ranking.line",
            scope: [["cycle_id", "=", cycle.id]],
            unitOrder: "unit_id",
        });
    }

    /** The units that take part: those that were withdrawn from the year have no points to show. */
    getDomain({ search, kind, lastOnly }) {
        return [
            ...this.scope,
            ["withdrawn", "=", false],
            ...(search
                ? ["|", ["unit_name", "ilike", search], ["unit_short_name", "ilike", search]]
                : []),
            ...(kind ? [["unit_kind", "=", kind]] : []),
            ...(lastOnly ? [["is_last", "=", true]] : []),
        ];
    }

    /** Return the sentence on finals that are missing; what is published has all of them. */
    async readMissing(orm) {
        const [missing] = this.isLive ? await readMissing(orm, this.scope) : [];
        return missing?.text || "";
    }

    /** Return the indicators of the year in the order of the rubric. */
    async readIndicators(orm) {
        const specification = {
            form_label: {},
            points: {},
            dimension_id: { fields: { display_name: {} } },
        };
        const domain = [["rubric_id", "=", this.rubricId]];
        return (await orm.webSearchRead("it.kpi.indicator", domain, { specification })).records;
    }

    /** Return ``{length, records}``: one page of units with their totals. */
    async readPage(orm, query) {
        const { sort, descending, offset, limit } = query;
        if (typeof sort === "number") {
            return this.readPageByIndicator(orm, query);
        }
        const direction = descending ? "desc" : "asc";
        const units = this.unitOrder;
        const order =
            sort === "unit" ? `${units} ${direction}` : `${sort} ${direction} nulls last, ${units}`;
        const options = { specification: SCORE, order, offset, limit };
        return orm.webSearchRead(this.scores, this.getDomain(query), options);
    }

    /** The same, sorted by one indicator, whose points are no column of the totals. */
    async readPageByIndicator(orm, query) {
        const { sort, form, descending, offset, limit } = query;
        const [cells, all] = await Promise.all([
            this.readColumn(orm, sort),
            orm.webSearchRead(this.scores, this.getDomain(query), {
                specification: { unit_id: {} },
            }),
        ]);
        const value = ({ unit_id }) => getValue(cells[unit_id], form);
        const known = all.records.filter((row) => hasValue(value(row)));
        known.sort((one, other) => (value(one) - value(other)) * (descending ? -1 : 1));
        const rest = all.records.filter((row) => !hasValue(value(row)));
        const ids = [...known, ...rest].slice(offset, offset + limit).map((row) => row.id);
        const options = { specification: SCORE };
        const page = await orm.webSearchRead(this.scores, [["id", "in", ids]], options);
        page.records.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
        return { length: all.length, records: page.records };
    }

    /** Return ``{unit: {kind: {score}}}`` of one indicator. */
    async readColumn(orm, indicatorId) {
        const domain = [
            ...this.scope,
            ["indicator_id", "=", indicatorId],
            ["origin", "!=", "dropped"],
        ];
        const groups = await orm.formattedReadGroup(
            this.lines,
            domain,
            ["unit_id", "kind"],
            ["score:sum"]
        );
        const cells = {};
        for (const { unit_id, kind, "score:sum": score } of groups) {
            (cells[unit_id[0]] ||= {})[kind] = { score };
        }
        return cells;
    }

    /** Return ``{unit: {indicator: {kind: line}}}`` of the units of a page. */
    async readCells(orm, unitIds) {
        const domain = [...this.scope, ["unit_id", "in", unitIds]];
        const { records } = await orm.webSearchRead(this.lines, domain, { specification: CELL });
        const cells = {};
        for (const line of records) {
            const row = (cells[line.unit_id] ||= {});
            (row[line.indicator_id] ||= {})[line.kind] = line;
        }
        return cells;
    }
}

/** Return the current publications, the requested one, and the years under way. */
export async function readSources(orm, { publicationId, seesLive, nameLive }) {
    const chosen = ["|", ["is_current", "=", true], ["id", "=", publicationId || 0]];
    const domain = ["&", ["state", "=", "published"], ...chosen];
    const rubric_id = { fields: { full_points: {} } };
    const specification = { display_name: {}, rubric_id, cycle_id: {} };
    const years = { specification: { display_name: {}, rubric_id } };
    const underWay = [["state", "in", ["open", "review", "proposed"]]];
    const [publications, cycles] = await Promise.all([
        orm.webSearchRead("it.kpi.publication", domain, { specification }),
        seesLive ? orm.webSearchRead("it.kpi.cycle", underWay, years) : { records: [] },
    ]);
    return [
        ...publications.records.map((publication) => PictureSource.published(publication)),
        ...cycles.records.map((cycle) => PictureSource.live(cycle, nameLive(cycle.display_name))),
    ];
}
