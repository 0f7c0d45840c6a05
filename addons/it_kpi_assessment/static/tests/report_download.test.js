import { expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

const ACTION = {
    report_name: "it_kpi_assessment.report_assessment",
    report_type: "qweb-pdf",
    context: { active_ids: [1, 2, 3] },
};

/** Print with this limit of the server; requests and actions are steps. */
async function print(limit, action) {
    patchWithCleanup(session, { it_kpi_printed_at_once: limit });
    const printOwn = registry.category("ir.actions.report handlers").get("it_kpi_assessment");
    const services = {
        orm: { call: (...args) => expect.step(JSON.stringify(args)) },
        action: { doAction: () => expect.step("show the job") },
        ui: { block: () => expect.step("download"), unblock: () => {} },
    };
    return printOwn(action, {}, { services }).catch(() => {});
}

test("more documents than the server prints at once are printed by a job", async () => {
    expect(await print(2, ACTION)).toBe(true);
    expect.verifySteps([
        '["it.kpi.job","ask",[[],"it_kpi_assessment.report_assessment",[1,2,3]]]',
        "show the job",
    ]);
});

test("as many as the server prints at once are downloaded", async () => {
    await print(3, ACTION);
    expect.verifySteps(["download"]);
});

test("other modules' prints are left to Odoo", async () => {
    expect(await print(2, { ...ACTION, report_name: "web.preview_externalreport" })).toBe(false);
    expect.verifySteps([]);
});
