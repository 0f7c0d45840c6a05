import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, mockDate, queryText, test } from "@odoo/hoot";
import { mockTimeZone } from "@odoo/hoot-mock";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Year extends models.Model {
    deadline = fields.Datetime();
    visited = fields.Date();
    _records = [{ id: 1, deadline: "2026-12-15 15:59:59", visited: "2026-01-10" }];
}

defineMailModels();
defineModels([Year]);

const show = (readonly) =>
    mountView({
        type: "form",
        resModel: "year",
        resId: 1,
        arch: `<form>
            <field name="deadline" widget="it_kpi_moment" readonly="${readonly}"/>
            <field name="visited" widget="it_kpi_day" readonly="1"/>
        </form>`,
    });
const deadline = () => queryText("[name=deadline]");

for (const [place, zone, isElsewhere] of [
    ["Shanghai", "Asia/Shanghai", false],
    ["Urumqi", "Asia/Urumqi", true],
    ["London", "Europe/London", true],
    ["Auckland", "Pacific/Auckland", true],
]) {
    test(`a deadline is read off China's clock in ${place}`, async () => {
        mockDate("2026-12-01 10:00:00");
        mockTimeZone(zone);
        await show(1);
        expect(deadline()).toMatch(/Dec 15, 2026.*23:59/);
        expect(deadline().includes("(China)")).toBe(isElsewhere);
        expect(queryText("[name=visited]")).toBe("Jan 10, 2026");
    });
}

test("what is typed is China's time", async () => {
    mockDate("2026-12-01 10:00:00");
    mockTimeZone("Europe/London");
    onRpc("web_save", ({ args }) => expect.step(args[1].deadline));
    await show(0);
    await contains("[name=deadline] .o_input").click();
    await contains("[name=deadline] input").edit("12/20/2026 23:59:59", { confirm: "Enter" });
    await contains(".o_form_button_save").click();
    expect.verifySteps(["2026-12-20 15:59:59"]);
    expect(deadline()).toInclude("(China)");
});
