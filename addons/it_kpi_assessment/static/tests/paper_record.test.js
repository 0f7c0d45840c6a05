/** What the paper form expects of the private members of Odoo's record (see paper_record.js). */
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { FormController } from "@web/views/form/form_controller";
import {
    applyServerValues,
    CHECKED_WITH,
    forgetChange,
    forgetChanges,
    getChangedNames,
    getServerValue,
    makeEditable,
    onWidgetChange,
} from "@it_kpi_assessment/paper_form/paper_record";

class Grade extends models.Model {
    _name = "grade";
    name = fields.Char();
    _records = [
        { id: 1, name: "A" },
        { id: 2, name: "B" },
    ];
}

class Line extends models.Model {
    _name = "line";
    form_id = fields.Many2one({ relation: "form" });
    explanation = fields.Char();
    measured = fields.Integer();
    grade_id = fields.Many2one({ relation: "grade" });
    grade_ids = fields.Many2many({ relation: "grade" });
    _records = [
        { id: 11, form_id: 1, explanation: "原文", measured: 80, grade_id: 1, grade_ids: [1] },
    ];
}

class Form extends models.Model {
    _name = "form";
    line_ids = fields.One2many({ relation: "line", relation_field: "form_id" });
    _records = [{ id: 1, line_ids: [11] }];
    _views = {
        form: `
            <form>
                <field name="line_ids">
                    <list editable="bottom">
                        <field name="explanation"/>
                        <field name="measured"/>
                        <field name="grade_id"/>
                        <field name="grade_ids" widget="many2many_tags"/>
                    </list>
                </field>
            </form>`,
    };
}

defineMailModels();
defineModels([Form, Line, Grade]);

let form, line;

beforeEach(async () => {
    let controller;
    patchWithCleanup(FormController.prototype, {
        setup() {
            super.setup();
            controller = this;
        },
    });
    onRpc(({ method }) => {
        if (["web_save", "web_read", "onchange", "write"].includes(method)) {
            expect.step(method);
        }
    });
    await mountView({ type: "form", resModel: "form", resId: 1 });
    form = controller.model.root;
    [line] = form.data.line_ids.records;
    expect.verifySteps(["web_read"]);
});

test(`the private members are those of Odoo ${CHECKED_WITH}`, () => {
    const members = {
        _applyValues: "function",
        _changes: "object",
        _discard: "function",
        _getChanges: "function",
        _onUpdate: "function",
        _switchMode: "function",
        _values: "object",
    };
    for (const [name, type] of Object.entries(members)) {
        expect(typeof line[name]).toBe(type, {
            message: `Record.${name} is as in Odoo ${CHECKED_WITH}; if not, see paper_record.js`,
        });
    }
});

test("a line is editable at once", () => {
    expect(line.isInEdition).toBe(false);
    makeEditable(line);
    expect(line.isInEdition).toBe(true);
});

test("a widget's change is handed over to be written, and the form stays unchanged", async () => {
    onWidgetChange(line, (values) => expect.step(JSON.stringify(values)));
    await line.update({ explanation: "改后" });
    await line.update({ grade_id: { id: 2, display_name: "B" } });
    expect.verifySteps(['{"explanation":"改后"}', '{"explanation":"改后","grade_id":2}']);
    expect(form.dirty).toBe(false);
    expect(await form.getChanges()).toEqual({});
});

test("without the hook a change of a line is a change of the form", async () => {
    await line.update({ explanation: "改后" });
    expect(form.dirty).toBe(true);
});

test("the server's value stays known below a widget's change", async () => {
    onWidgetChange(line, () => {});
    await line.update({ explanation: "改后", grade_id: { id: 2, display_name: "B" } });
    expect(line.data.explanation).toBe("改后");
    expect(getServerValue(line, "explanation")).toBe("原文");
    expect(getServerValue(line, "grade_id").id).toBe(1);
    expect(getChangedNames(line).sort()).toEqual(["explanation", "grade_id"]);
});

test("the server's values are shown below the changes, without a request", async () => {
    onWidgetChange(line, () => {});
    await line.update({ explanation: "改后" });
    applyServerValues(line, {
        explanation: "别人写的",
        measured: 60,
        grade_id: { id: 2, display_name: "B" },
        grade_ids: [{ id: 1 }, { id: 2 }],
    });
    expect(line.data.explanation).toBe("改后");
    expect(getServerValue(line, "explanation")).toBe("别人写的");
    expect(line.data.measured).toBe(60);
    expect(line.data.grade_id.id).toBe(2);
    expect(line.data.grade_ids.records.map(({ resId }) => resId)).toEqual([1, 2]);
    expect(line.evalContext.measured).toBe(60);
    expect.verifySteps([]);
});

test("a forgotten change gives way to the next value of the server, the others stay", async () => {
    onWidgetChange(line, () => {});
    await line.update({ explanation: "改后", measured: 70 });
    forgetChange(line, "explanation");
    expect(getChangedNames(line)).toEqual(["measured"]);
    applyServerValues(line, { explanation: "别人写的", measured: 60 });
    expect(line.data.explanation).toBe("别人写的");
    expect(line.data.measured).toBe(70);
});

test("all changes are forgotten at once", async () => {
    onWidgetChange(line, () => {});
    await line.update({ explanation: "改后", measured: 70 });
    forgetChanges(line);
    expect(getChangedNames(line)).toEqual([]);
    expect(line.data.explanation).toBe("原文");
    expect(line.data.measured).toBe(80);
    expect.verifySteps([]);
});
