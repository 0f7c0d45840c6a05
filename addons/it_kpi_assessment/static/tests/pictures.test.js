import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, queryAllTexts, queryOne, test } from "@odoo/hoot";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { HeatMap } from "@it_kpi_assessment/pictures/heat_map";
import { tintGap, tintShare } from "@it_kpi_assessment/pictures/palette";
import { getValue, hasValue, PictureSource } from "@it_kpi_assessment/pictures/picture_source";
import { RankingBars } from "@it_kpi_assessment/pictures/ranking_bars";
import { getRadar, getYears, hasMeans } from "@it_kpi_assessment/pictures/result_charts";

const source = PictureSource.published({
    id: 7,
    display_name: "2098",
    rubric_id: { id: 3, full_points: 120 },
    cycle_id: 5,
});
const ASKED = 'it.kpi.result [["publication_id","=",7],["withdrawn","=",false]]';
const QUERY = { sort: "rank", descending: false, offset: 0, limit: 20 };
const line = (score, origin = "graded") => ({ id: 1, score, origin });

defineMailModels();

/** An ORM that answers with these results and scores of one indicator; requests are steps. */
function makeOrm(results = [], column = []) {
    return {
        webSearchRead: (model, domain, options) => {
            expect.step(`${model} ${JSON.stringify(domain)} ${options.order || ""}`.trim());
            const ids = domain.find(([name]) => name === "id")?.[2];
            const records = results.filter(({ id }) => !ids || ids.includes(id));
            return { length: results.length, records: [...records] };
        },
        formattedReadGroup: () =>
            column.map(([unit, kind, score]) => ({
                unit_id: [unit, ""],
                kind,
                "score:sum": score,
            })),
    };
}

test("a gap is known where both forms have points", () => {
    expect(getValue({ assessment: line(4), survey: line(3.2) }, "gap")).toBeCloseTo(0.8);
    expect(getValue({ assessment: line(4) }, "survey")).toBe(undefined);
    expect(hasValue(getValue({ assessment: line(4) }, "gap"))).toBe(false);
    expect(hasValue(getValue({ assessment: line(4), survey: line(0, "dropped") }, "gap"))).toBe(false);
    expect(hasValue(getValue({ survey: line(0, "zeroed") }, "survey"))).toBe(true);
});

test("filters narrow the domain, and nothing else does", () => {
    const scope = ["publication_id", "=", 7];
    const takesPart = ["withdrawn", "=", false];
    expect(source.getDomain(QUERY)).toEqual([scope, takesPart]);
    expect(source.getDomain({ search: "利州", kind: "county", lastOnly: true })).toEqual([
        scope,
        takesPart,
        "|",
        ["unit_name", "ilike", "利州"],
        ["unit_short_name", "ilike", "利州"],
        ["unit_kind", "=", "county"],
        ["is_last", "=", true],
    ]);
});

test("the server sorts by totals, those without one last", async () => {
    await source.readPage(makeOrm(), { ...QUERY, sort: "final", descending: true });
    await source.readPage(makeOrm(), { ...QUERY, sort: "unit" });
    expect.verifySteps([`${ASKED} final desc nulls last, unit_order`, `${ASKED} unit_order asc`]);
});

test("a page in the order of an indicator, those without a number last", async () => {
    const results = [1, 2, 3, 4].map((id) => ({ id, unit_id: 10 + id }));
    const column = [
        [11, "survey", 3],
        [12, "survey", 5],
        [14, "survey", 4],
        [13, "assessment", 5],
    ];
    const read = async (query) => {
        const page = { ...QUERY, sort: 9, form: "survey", ...query };
        const { length, records } = await source.readPage(makeOrm(results, column), page);
        expect(length).toBe(4);
        const ids = records.map(({ id }) => id);
        expect.verifySteps([ASKED, `it.kpi.result [["id","in",${JSON.stringify(ids)}]]`]);
        return ids;
    };
    expect(await read({ descending: true })).toEqual([2, 4, 1, 3]);
    expect(await read({ descending: false })).toEqual([1, 4, 2, 3]);
    expect(await read({ descending: true, offset: 2, limit: 2 })).toEqual([1, 3]);
    expect(await read({ descending: true, offset: 1, limit: 1 })).toEqual([4]);
});

test("colours deepen with the share and with the gap, in two directions", () => {
    const depth = (style) => Number(style.match(/([\d.]+)\)$/)[1]);
    expect([0, 0.3, 0.65, 1].map((share) => depth(tintShare(share)))).toEqual([0, 0, 0.25, 0.5]);
    expect([-1, -0.3, 0, 0.3, 0.6].map((gap) => depth(tintGap(gap)))).toEqual([
        0.5, 0.25, 0, 0.25, 0.5,
    ]);
    expect(tintGap(0.3)).not.toBe(tintGap(-0.3));
});

test("bars are as long as their share of the full points, with their numbers", async () => {
    const row = { id: 1, rank: 1, assessment_total: 120, survey_total: 60, final: 90 };
    await mountWithCleanup(RankingBars, {
        props: {
            model: "it.kpi.result",
            rows: [
                { ...row, unit_short_name: "利州" },
                { ...row, id: 2, rank: false, unit_short_name: "昭化" },
            ],
            fullPoints: 120,
            isProvisional: false,
            openUnit: ({ id }) => expect.step(id),
        },
    });
    const widths = [...document.querySelectorAll(".o_it_kpi_bar_fill")].map((bar) => bar.style.width);
    expect(widths).toEqual(["100%", "50%", "75%"]);
    expect(queryAllTexts(".o_it_kpi_bar_number")).toEqual(["120.00", "60.00", "90.00"]);
    expect("tbody tr:last td:first").toHaveText("–");
    await contains("th button:contains(昭化)").click();
    await contains("tbody tr:first .o_it_kpi_bar_label").click();
    expect.verifySteps([2, 1]);
});

test("the heat map marks means and gaps by signs", async () => {
    const dimension_id = { id: 1, display_name: "组织管理" };
    const indicators = [4, 5].map((id) => ({ id, form_label: `指标${id}`, points: 5, dimension_id }));
    const cells = {
        11: { 4: { assessment: line(5), survey: line(4, "mean") }, 5: { assessment: line(3) } },
    };
    const rows = [{ id: 1, rank: 1, unit_id: 11, unit_short_name: "利州" }];
    await mountWithCleanup(HeatMap, {
        props: {
            ...{ model: "it.kpi.result.line", rows, indicators, cells },
            ...{ form: "gap", sort: 4, descending: true },
            sortBy: (id) => expect.step(`sort by ${id}`),
            openUnit: () => {},
            openCell: () => {},
        },
    });
    expect("thead th[colspan='2']").toHaveText("组织管理");
    expect(queryAllTexts("thead th[aria-sort]").length).toBe(2);
    expect("thead th[aria-sort=descending]").toHaveText(/指标4/);
    expect("tbody td:first button").toHaveText(/\+1\.00/);
    expect(queryOne("tbody td:first sup [aria-hidden]")).toHaveText("x̄");
    expect("tbody td:last button").toHaveText("–");
    await contains("thead button:last").click();
    expect.verifySteps(["sort by 5"]);
});

test("means are drawn where the reader gets them", () => {
    const own = { id: 1, name: "信息化建设和运维", assessment: 90, survey: 80 };
    const alone = [{ ...own, mean_assessment: null, mean_survey: null }];
    const beside = [{ ...own, mean_assessment: 85, mean_survey: null }];
    expect(hasMeans(alone)).toBe(false);
    expect(getRadar(alone, "black").data.datasets.length).toBe(2);
    expect(hasMeans(beside)).toBe(true);
    expect(getRadar(beside, "black").data.datasets[2].data).toEqual([85]);
    expect(getRadar(beside, "black").data.labels).toEqual([["信息化建设和运维"]]);
});

test("years are drawn from nothing to at least 100 points", () => {
    const results = [{ cycle_id: { year: 2098 }, assessment_total: 110, survey_total: 80, final: 95 }];
    const { data, options } = getYears(results, "black");
    expect(data.labels).toEqual(["2098"]);
    expect(data.datasets.map((set) => set.data)).toEqual([[110], [80], [95]]);
    expect(options.scales.y).toInclude(["min", 0]);
    expect(options.scales.y).toInclude(["suggestedMax", 100]);
});
