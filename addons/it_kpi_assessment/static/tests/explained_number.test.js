import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, press, queryAllTexts, queryOne, test, waitFor } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Score extends models.Model {
    _name = "score";
    name = fields.Char();
    final = fields.Float({ digits: [6, 2] });
    rank = fields.Integer();
    _records = [
        { id: 1, name: "利州", final: 91.2, rank: 1 },
        { id: 2, name: "昭化", final: 81.85, rank: 2 },
    ];
    _views = {
        form: `
            <form>
                <field name="name"/>
                <field name="final" widget="it_kpi_explained"/>
            </form>`,
        list: `
            <list>
                <field name="name"/>
                <field name="rank" widget="it_kpi_explained"/>
                <field name="final" widget="it_kpi_explained"/>
            </list>`,
    };
}

defineMailModels();
defineModels([Score]);

const NUMBER = ".o_data_row:first .o_field_widget[name=final] button";
const TEXT = ".o_it_kpi_explanation [role=status]";

/** Answer with two sentences; every request is a step. */
function answer() {
    onRpc("score", "explain_number", ({ args: [ids, name] }) => {
        expect.step(`${ids}: ${name}`);
        return ids.map((id) => ({ id, heading: "利州 · 最终得分", sentences: ["之一", "之二"] }));
    });
}

test("a number looks as without explanation, and sends no request", async () => {
    answer();
    await mountView({ type: "list", resModel: "score" });
    expect(queryAllTexts(".o_it_kpi_explained")).toEqual(["1", "91.20", "2", "81.85"]);
    expect.verifySteps([]);
});

test("a click sends one request and shows the sentences, and opens no record", async () => {
    answer();
    await mountView({
        type: "list",
        resModel: "score",
        selectRecord: () => expect.step("the record"),
    });
    await contains(NUMBER).click();
    expect(queryAllTexts(`${TEXT} > *`)).toEqual(["利州 · 最终得分", "之一", "之二"]);
    expect(NUMBER).toHaveAttribute("aria-expanded", "true");
    expect.verifySteps(["1: final"]);
});

test("it works by keyboard, and the focus returns to the number", async () => {
    answer();
    await mountView({
        type: "list",
        resModel: "score",
        selectRecord: () => expect.step("the record"),
    });
    queryOne(NUMBER).focus();
    await press("Enter");
    await waitFor(`${TEXT}:contains(之二)`);
    expect.verifySteps(["1: final"]);
    expect(".o_it_kpi_explanation").toHaveAttribute("role", "dialog");
    expect(".o_it_kpi_explanation .btn-close").toBeFocused();
    await press("Escape");
    await waitFor(`${NUMBER}[aria-expanded=false]`);
    expect(".o_it_kpi_explanation").toHaveCount(0);
    expect(NUMBER).toBeFocused();
});

test("a second click closes it", async () => {
    answer();
    await mountView({ type: "form", resModel: "score", resId: 1 });
    await contains(".o_it_kpi_explained").click();
    expect(TEXT).toHaveCount(1);
    await contains(".o_it_kpi_explained").click();
    expect(TEXT).toHaveCount(0);
    expect.verifySteps(["1: final"]);
});

test("a refusal is shown in place of the sentences", async () => {
    onRpc("score", "explain_number", () => {
        throw makeServerError({ message: "只有本单位可以查看。" });
    });
    await mountView({ type: "form", resModel: "score", resId: 1 });
    await contains(".o_it_kpi_explained").click();
    expect(TEXT).toHaveText("只有本单位可以查看。");
    expect(".o_error_dialog").toHaveCount(0);
});

test("a record that is not saved has a plain number", async () => {
    await mountView({ type: "form", resModel: "score" });
    expect(".o_field_widget[name=final]").toHaveText("0.00");
    expect(".o_it_kpi_explained").toHaveCount(0);
});
