import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { animationFrame, expect, queryAllTexts, test } from "@odoo/hoot";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

const stage = (name, count, waits_for, late_count = 0) => ({
    name,
    label: name,
    waits_for,
    is_done: !waits_for.length,
    count,
    late_count,
});
const CYCLES = [2098, 2097].map((id) => ({
    id,
    name: `Year ${id}`,
    state: "open",
    state_label: "Open",
}));
const YEAR = {
    ...CYCLES[0],
    deadline: { moment: "2098-12-15 23:59", words: "The deadline has passed.", is_past: true },
    stages: {
        assessment: [stage("filling", 3, ["reporter"], 2), stage("submitted", 1, [])],
        survey: [stage("awaiting", 4, ["leader"]), stage("confirmed", 0, [])],
    },
    missing_count: 3,
    late_count: 2,
    late_units: [
        { form_id: 7, unit_id: 1, unit: "利州", stage: "filling", until: "", days: 3, reminded: false },
    ],
    can_remind: true,
    next: "Remind who is late.",
    next_roles: ["division"],
    obstacles: [],
    obstacle_count: 0,
    avoids_own_unit: false,
};

defineMailModels();

/** Show the page with this answer of the server; every request and action is a step. */
async function openDashboard(year = YEAR, isDivision = true) {
    onRpc("it.kpi.dashboard", "get_dashboard", ({ args, kwargs }) => {
        expect.step(`get ${args[0]} ${kwargs.order} ${kwargs.descending ? "down" : "up"}`);
        return { cycles: CYCLES, cycle: year, is_division: isDivision };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "it_kpi_assessment.dashboard",
    });
    await animationFrame();
    expect.verifySteps(["get false until up"]);
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(`open ${action.res_model || action.tag || action}`),
    });
}

test("numbers, not colours alone", async () => {
    await openDashboard();
    expect(queryAllTexts(".o_it_kpi_stages h2")).toEqual([
        "Self-Assessments 1 / 4",
        "On-Site Surveys 0 / 4",
    ]);
    expect("[data-stage=filling] button").toHaveText("3");
    expect("[data-stage=filling]").toHaveText(/2 late/);
    expect("[data-stage=filling] .o_it_kpi_bar_fill").toHaveStyle({ width: "75%" }, { inline: true });
    expect("[data-stage=confirmed] button").toHaveCount(0);
});

test("a number opens its stage", async () => {
    await openDashboard();
    onRpc("it.kpi.dashboard", "action_open_stage", ({ args, kwargs }) => {
        expect.step(`${args[0]} ${kwargs.kind} ${kwargs.stage}`);
        return { tag: "list" };
    });
    await contains("[data-stage=awaiting] button").click();
    expect.verifySteps(["2098 survey awaiting", "open list"]);
    await contains("[name=all_late]").click();
    expect.verifySteps(["2098 assessment late", "open list"]);
});

test("sorted by the server; a second click reverses the order", async () => {
    await openDashboard();
    const header = ".o_it_kpi_late_units th:first-child button";
    await contains(header).click();
    await contains(header).click();
    await contains(header).click();
    expect.verifySteps(["get false unit up", "get false unit down", "get false unit up"]);
    expect("th[aria-sort=ascending]").toHaveCount(1);
});

test("a reminder brings new numbers", async () => {
    await openDashboard();
    onRpc("it.kpi.cycle", "action_remind", ({ args }) => ({ tag: `year ${args[0]}` }));
    onRpc("it.kpi.assessment", "action_remind", ({ args }) => ({ tag: `form ${args[0]}` }));
    await contains("[name=remind_all]").click();
    expect.verifySteps(["open year 2098", "get false until up"]);
    await contains("tbody td button").click();
    expect.verifySteps(["open form 7", "get false until up"]);
});

test("a late unit opens its form, where the user may read it", async () => {
    await openDashboard();
    await contains("tbody th button").click();
    expect.verifySteps(["open it.kpi.assessment"]);
});

test("users who may not remind have no button for it; a late unit opens the unit", async () => {
    const late_units = YEAR.late_units.map((row) => ({ ...row, form_id: false }));
    await openDashboard({ ...YEAR, late_units, can_remind: false }, false);
    expect("[name=remind_all], tbody td button").toHaveCount(0);
    await contains("tbody th button").click();
    expect.verifySteps(["open it.kpi.unit"]);
});

test("without a year under way, what to do next, and the other years", async () => {
    await openDashboard(false);
    expect("h2").toHaveText("No year is under way");
    await contains(".o_it_kpi_year").select("2097");
    expect.verifySteps(["get 2097 until up"]);
    await contains("[name=years]").click();
    expect.verifySteps(["open it_kpi_assessment.it_kpi_cycle_action"]);
});
