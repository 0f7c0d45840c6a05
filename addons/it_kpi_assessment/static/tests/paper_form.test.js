import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    advanceTime,
    animationFrame,
    Deferred,
    expect,
    press,
    queryAllTexts,
    queryOne,
    queryRect,
    test,
} from "@odoo/hoot";
import { setInputFiles, waitFor, waitForNone } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { IndexedDB } from "@web/core/utils/indexed_db";

const GRADES = ["A", "B", "C", "D"].map((code, index) => ({ id: index + 1, name: code }));
const LINES = [11, 12, 13];

class Grade extends models.Model {
    _name = "it.kpi.grade";
    name = fields.Char();
    _records = GRADES;
}

class Criterion extends models.Model {
    _name = "it.kpi.criterion";
    grade_id = fields.Many2one({ relation: "it.kpi.grade" });
    text = fields.Text();
    _records = GRADES.map(({ id, name }) => ({ id, grade_id: id, text: `要求${name}` }));
}

class Line extends models.Model {
    _name = "line";
    form_id = fields.Many2one({ relation: "form" });
    write_date = fields.Datetime();
    lock_reason = fields.Char();
    dimension_label = fields.Char();
    item_label = fields.Char();
    indicator_label = fields.Char();
    points = fields.Float();
    score = fields.Float();
    counted_score = fields.Float();
    origin = fields.Char();
    is_settled = fields.Boolean();
    points_note = fields.Char();
    not_applicable = fields.Boolean();
    grade_id = fields.Many2one({ relation: "it.kpi.grade" });
    criterion_ids = fields.One2many({ relation: "it.kpi.criterion" });
    returned = fields.Boolean();
    return_reason = fields.Char();
    explanation = fields.Text();
    remark = fields.Char();
    measured = fields.Integer();
    attachment_ids = fields.Many2many({ relation: "ir.attachment" });
    findings = fields.Json();
    _records = LINES.map((id, index) => ({
        id,
        form_id: 1,
        write_date: "2098-05-01 08:00:00",
        dimension_label: "组织管理",
        item_label: index < 2 ? "组织保障" : "规章制度",
        indicator_label: `指标${index + 1}`,
        points: 5,
        criterion_ids: GRADES.map((grade) => grade.id),
        explanation: "如实说明",
        lock_reason: index === 2 ? "未退回" : false,
    }));
}

class Form extends models.Model {
    _name = "form";
    line_ids = fields.One2many({ relation: "line", relation_field: "form_id" });
    is_published = fields.Boolean();
    total = fields.Float();
    findings = fields.Json();
    _records = [
        {
            id: 1,
            line_ids: LINES,
            findings: [
                { effect: "block", line_id: 12, text: "指标2没有说明" },
                { effect: "block", line_id: false, text: "同一人交签" },
            ],
        },
    ];
    _views = {
        form: `
            <form>
                <field name="line_ids" widget="paper_form" options="{'gathered': ['findings']}">
                    <list>
                        <field name="write_date" column_invisible="True"/>
                        <field name="lock_reason" column_invisible="True"/>
                        <field name="dimension_label" readonly="1"/>
                        <field name="item_label" readonly="1"/>
                        <field name="indicator_label" readonly="1"/>
                        <field name="points" readonly="1"/>
                        <field name="criterion_ids" widget="paper_criteria" readonly="1"/>
                        <field name="not_applicable"/>
                        <field name="grade_id"/>
                        <field name="score"/>
                        <field name="counted_score" column_invisible="True" readonly="1"/>
                        <field name="origin" column_invisible="True" readonly="1"/>
                        <field name="is_settled" column_invisible="True" readonly="1"/>
                        <field name="points_note" column_invisible="True" readonly="1"/>
                        <field name="returned" column_invisible="True"/>
                        <field name="return_reason"/>
                        <field name="explanation"/>
                        <field name="remark"/>
                        <field name="measured"/>
                        <field name="attachment_ids" widget="many2many_binary"/>
                        <field name="findings" column_invisible="True"/>
                    </list>
                </field>
                <field name="findings" widget="it_kpi_findings"/>
                <field name="is_published" invisible="1"/>
                <field name="total" invisible="1"/>
            </form>`,
    };
}

defineMailModels();
defineModels([Form, Line, Grade, Criterion]);

/** Show the form; every write is a step. */
async function openForm() {
    browser.localStorage.clear();
    await new IndexedDB("it_kpi_assessment", "1").invalidate();
    onRpc("line", "web_save", ({ args }) => {
        const values = JSON.stringify(args[1], (name, value) =>
            name === "upload_key" ? undefined : value
        );
        expect.step(`${args[0]}: ${values}`);
    });
    onRpc("form", "web_save", () => expect.step("the whole form"));
    await mountView({ type: "form", resModel: "form", resId: 1 });
}

const cell = (id, mark) => `[data-line='${id}'] [data-mark='${mark}']`;

test("merged cells as on paper", async () => {
    await openForm();
    expect("td.o_paper_part").toHaveCount(3);
    expect("td[rowspan='3']").toHaveText("组织管理");
    expect("td[rowspan='2']").toHaveText("组织保障");
    expect(queryAllTexts(".o_paper_mark_head")).toEqual(["N/A", "A", "B", "C", "D"]);
});

test("findings in the answer replace those of their line in the form", async () => {
    const found = { 11: [{ effect: "block", line_id: 11, text: "指标1没有说明" }], 12: false };
    onRpc("line", "web_save", async ({ args, parent }) => {
        const [values] = await parent();
        return [{ ...values, findings: found[args[0][0]] }];
    });
    await openForm();
    const texts = () => queryAllTexts(".o_it_kpi_findings li");
    expect(texts()).toEqual(["指标2没有说明", "同一人交签"]);
    await contains(cell(11, "B")).click();
    expect(texts()).toEqual(["指标1没有说明", "指标2没有说明", "同一人交签"]);
    await contains(cell(12, "B")).click();
    expect(texts()).toEqual(["指标1没有说明", "同一人交签"]);
    expect.verifySteps([
        '11: {"grade_id":2,"not_applicable":false}',
        '12: {"grade_id":2,"not_applicable":false}',
    ]);
});

test("a click saves one line, and only that", async () => {
    await openForm();
    await contains(cell(11, "B")).click();
    expect(cell(11, "B")).toHaveClass("o_paper_chosen");
    expect(".o_paper_marked").toHaveText("1 / 3");
    await contains(cell(11, "N")).click();
    expect(cell(11, "B")).not.toHaveClass("o_paper_chosen");
    expect.verifySteps([
        '11: {"grade_id":2,"not_applicable":false}',
        '11: {"grade_id":false,"not_applicable":true}',
    ]);
});

test("a click on the chosen cell keeps the mark, Delete takes it away", async () => {
    await openForm();
    await contains(cell(12, "A")).click();
    await contains(cell(12, "A")).click();
    expect.verifySteps(['12: {"grade_id":1,"not_applicable":false}']);
    queryOne(cell(12, "A")).focus();
    await press("Delete");
    await animationFrame();
    expect(".o_paper_marked").toHaveText("0 / 3");
    expect.verifySteps(['12: {"grade_id":false,"not_applicable":false}']);
});

test("arrows stop at the edges and letters mark", async () => {
    await openForm();
    queryOne(cell(11, "N")).focus();
    await press("ArrowUp");
    await press("ArrowLeft");
    expect(cell(11, "N")).toBeFocused();
    await press("End");
    await press("ArrowDown");
    await animationFrame();
    expect(cell(12, "D")).toBeFocused();
    await press("c");
    await animationFrame();
    expect(cell(12, "C")).toHaveAttribute("aria-selected", "true");
    expect(cell(13, "C")).toBeFocused();
    expect("[tabindex='0'].o_paper_mark").toHaveCount(1);
    expect.verifySteps(['12: {"grade_id":3,"not_applicable":false}']);
});

test("a locked line shows why and does not change", async () => {
    await openForm();
    await contains(cell(13, "A")).click();
    expect(cell(13, "A")).not.toHaveClass("o_paper_chosen");
    expect(cell(13, "A")).not.toHaveAttribute("data-tooltip");
    await contains(".o_paper_toggle").click();
    expect(cell(13, "A")).toHaveAttribute("data-tooltip", "未退回");
    expect("[data-line='13'] textarea").toHaveCount(0);
    expect.verifySteps([]);
});

test("typing is saved when it pauses", async () => {
    await openForm();
    await contains("textarea[data-field=explanation]").edit("新的说明", { confirm: false });
    expect.verifySteps([]);
    await advanceTime(1000);
    await animationFrame();
    expect.verifySteps(['11: {"explanation":"新的说明"}']);
});

test("a refusal is shown at the line and keeps what was typed", async () => {
    await openForm();
    onRpc("line", "web_save", () => {
        throw makeServerError({ type: "ValidationError", message: "表已上报" });
    });
    await contains("textarea[data-field=explanation]").edit("白写了？", { confirm: "blur" });
    await animationFrame();
    expect(".o_paper_details .alert-danger").toHaveText(/表已上报/);
    expect("textarea[data-field=explanation]").toHaveValue("白写了？");
    await contains(".alert-danger button:last").click();
    expect("textarea[data-field=explanation]").toHaveValue("如实说明");
});

test("a mark made offline is kept in the browser and sent later", async () => {
    const connected = rpc._rpc;
    let isConnected = false;
    await openForm();
    patchWithCleanup(rpc, {
        _rpc: (url, ...args) =>
            isConnected || !url.includes("/line/")
                ? connected(url, ...args)
                : Promise.reject(new ConnectionLostError(url)),
    });
    await contains(cell(11, "A")).click();
    await animationFrame();
    expect(".o_paper_offline").toHaveCount(1);
    expect(Object.values({ ...browser.localStorage })).toInclude(
        '{"unsent":{"grade_id":1,"not_applicable":false},"base":{"grade_id":false,"not_applicable":false}}'
    );
    isConnected = true;
    await advanceTime(3000);
    await animationFrame();
    expect(".o_paper_offline").toHaveCount(0);
    expect(cell(11, "A")).toHaveClass("o_paper_chosen");
    expect.verifySteps(['11: {"grade_id":1,"not_applicable":false}']);
});

test("a change is sent again when the server had lost its database", async () => {
    let isAway = true;
    await openForm();
    onRpc("line", "web_save", () => {
        if (isAway) {
            throw makeServerError({ errorName: "psycopg2.OperationalError" });
        }
    });
    await contains(cell(11, "B")).click();
    await animationFrame();
    expect(".o_paper_offline").toHaveCount(1);
    expect(".o_paper_details .alert-danger").toHaveCount(0);
    isAway = false;
    await advanceTime(3000);
    await animationFrame();
    expect(".o_paper_offline").toHaveCount(0);
    expect(cell(11, "B")).toHaveClass("o_paper_chosen");
    expect.verifySteps(['11: {"grade_id":2,"not_applicable":false}']);
});

test("another user's newer text is not overwritten without asking", async () => {
    const connected = rpc._rpc;
    let isConnected = false;
    await openForm();
    patchWithCleanup(rpc, {
        _rpc: (url, ...args) =>
            isConnected || !url.includes("/line/")
                ? connected(url, ...args)
                : Promise.reject(new ConnectionLostError(url)),
    });
    await contains("textarea[data-field=explanation]").edit("断网时写下", { confirm: "blur" });
    await animationFrame();
    onRpc("line", "web_search_read", () => ({
        length: 1,
        records: [
            { id: 11, explanation: "别人写的", write_date: "2098-05-01 08:00:05", lock_reason: false },
        ],
    }));
    isConnected = true;
    await advanceTime(3000);
    await animationFrame();
    expect(".o_paper_details .alert-danger").toHaveText(/Somebody else/);
    expect("textarea[data-field=explanation]").toHaveValue("断网时写下");
    expect.verifySteps([]);
    await contains(".alert-danger button:first").click();
    await animationFrame();
    expect.verifySteps(['11: {"explanation":"断网时写下"}']);
});

test("marks of other users appear, what is being typed stays", async () => {
    await openForm();
    await contains("textarea[data-field=explanation]").edit("正在写", { confirm: false });
    onRpc("line", "web_search_read", () => ({
        length: 2,
        records: [
            { id: 11, explanation: "别人写的", write_date: "2098-05-01 08:00:05", lock_reason: false },
            {
                id: 12,
                grade_id: { id: 2, display_name: "B" },
                write_date: "2098-05-01 08:00:05",
                lock_reason: false,
            },
        ],
    }));
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    await animationFrame();
    expect(cell(12, "B")).toHaveClass("o_paper_chosen");
    expect("textarea[data-field=explanation]").toHaveValue("正在写");
});

test("a file is saved with its line, after what was marked; a refused one is named", async () => {
    await openForm();
    onRpc("line", "web_save", ({ args: [, { attachment_ids: commands }] }) => {
        if (commands?.[0][2].name === "录像.txt") {
            throw makeServerError({ type: "UserError", message: "超过 20 MB" });
        }
    });
    await contains(".o_paper_evidence button").click();
    await setInputFiles([
        new File(["x"], "录像.txt", { type: "text/plain" }),
        new File(["x"], "纪要.txt", { type: "text/plain" }),
    ]);
    await waitFor(".o_paper_details .alert-danger");
    expect(".o_paper_details .alert-danger").toHaveText(/录像.txt: 超过 20 MB/);
    expect.verifySteps([
        '11: {"attachment_ids":[[0,false,{"name":"纪要.txt","datas":"eA=="}]]}',
    ]);
});

test("a file whose answer is lost is sent again under the same key", async () => {
    const connected = rpc._rpc;
    const keys = [];
    await openForm();
    onRpc("line", "web_save", ({ args: [, values] }) => {
        keys.push(values.attachment_ids[0][2].upload_key);
    });
    patchWithCleanup(rpc, {
        _rpc: async (url, ...args) => {
            const answer = await connected(url, ...args);
            if (url.includes("/line/web_save") && keys.length === 1) {
                throw new ConnectionLostError(url);
            }
            return answer;
        },
    });
    await contains(".o_paper_evidence button").click();
    await setInputFiles([
        new File(["x"], "纪要.txt", { type: "text/plain" }),
        new File(["y"], "台账.txt", { type: "text/plain" }),
    ]);
    await waitFor(".o_paper_offline");
    await advanceTime(3000);
    await waitForNone(".o_paper_offline");
    const sent = (name, datas) =>
        `11: {"attachment_ids":[[0,false,{"name":"${name}","datas":"${datas}"}]]}`;
    await expect.waitForSteps([
        sent("纪要.txt", "eA=="),
        sent("纪要.txt", "eA=="),
        sent("台账.txt", "eQ=="),
    ]);
    expect(keys[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
});

test("a score is shown when the server has computed it; N/A earns the mean", async () => {
    await openForm();
    const answer = new Deferred();
    onRpc("line", "web_save", () => answer);
    await contains(cell(11, "A")).click();
    expect("[data-line='11'] .o_paper_points").toHaveText("… / 5 points");
    answer.resolve([{ id: 11, grade_id: { id: 1, display_name: "A" }, score: 5 }]);
    await animationFrame();
    await animationFrame();
    expect("[data-line='11'] .o_paper_points").toHaveText("5.00 / 5 points");
    expect(".o_paper_total").toHaveText("5.00");
});

test("an incident's 0 counts with its reason, whatever is marked", async () => {
    const note = "因失泄密事件计0分";
    Object.assign(Line._records[0], { grade_id: 2, score: 4, counted_score: 0 });
    Object.assign(Line._records[0], { origin: "zeroed", is_settled: true, points_note: note });
    Object.assign(Line._records[1], { grade_id: 1, score: 5, counted_score: 5, origin: "graded" });
    await openForm();
    expect("[data-line='11'] .o_paper_points").toHaveText(`0.00 / 5 points ${note}`);
    expect("[data-line='12'] .o_paper_points").toHaveText("5.00 / 5 points");
    expect(".o_paper_total").toHaveText("5.00");
    onRpc("line", "web_save", () => [
        { id: 11, grade_id: { id: 1, display_name: "A" }, score: 5 },
    ]);
    await contains(cell(11, "A")).click();
    expect("[data-line='11'] .o_paper_points").toHaveText(`0.00 / 5 points ${note}`);
    expect(".o_paper_total").toHaveText("5.00");
    expect.verifySteps([]);
});

test("a published form shows the means, and what its lines add up to where it was scaled", async () => {
    const published = { is_settled: true, not_applicable: true, score: 0 };
    Object.assign(Line._records[0], published, { origin: "mean", counted_score: 3.29 });
    Line._records[0].points_note = "平均分";
    Object.assign(Line._records[1], published, { origin: "dropped", points_note: "不计分" });
    Object.assign(Line._records[2], { grade_id: 1, score: 5, counted_score: 5, is_settled: true });
    Object.assign(Form._records[0], { is_published: true, total: 12.44 });
    await openForm();
    expect("[data-line='11'] .o_paper_points").toHaveText("3.29 / 5 points 平均分");
    expect("[data-line='12'] .o_paper_points").toHaveText("– / 5 points 不计分");
    expect(".o_paper_total").toHaveText("12.44");
    expect(".o_paper_table tfoot .o_paper_quiet").toHaveText(/8.29/);
});

test("a text grows with its content", async () => {
    await openForm();
    const text = "textarea[data-field=explanation]";
    const { height } = queryRect(text);
    await contains(text).edit("一\n二\n三\n四\n五\n六\n七\n八", { confirm: "blur" });
    expect(queryRect(text).height).toBeGreaterThan(2 * height);
    expect(queryOne(text).scrollHeight).toBeLessThan(queryRect(text).height + 1);
    expect.verifySteps(['11: {"explanation":"一\\n二\\n三\\n四\\n五\\n六\\n七\\n八"}']);
});

test("a click replaces the grade proposed by a measured value that is not saved yet", async () => {
    Line._onChanges.measured = (record) => {
        record.grade_id = record.measured >= 80 ? 2 : record.grade_id;
    };
    const answers = [new Deferred(), new Deferred(), Promise.resolve()];
    const pending = [...answers];
    onRpc("line", "web_save", () => pending.shift());
    await openForm();
    const measured = ".o_paper_extra [name=measured] input";
    await contains(measured).edit("85", { confirm: "blur" });
    expect(cell(11, "B")).toHaveClass("o_paper_chosen");
    await contains(cell(11, "C")).click();
    answers[0].resolve();
    await animationFrame();
    await contains(measured).edit("60", { confirm: "blur" });
    expect(cell(11, "C")).toHaveClass("o_paper_chosen");
    answers[1].resolve();
    await animationFrame();
    expect.verifySteps([
        '11: {"measured":85,"grade_id":2}',
        '11: {"grade_id":3,"not_applicable":false}',
        '11: {"measured":60}',
    ]);
    expect(cell(11, "C")).toHaveClass("o_paper_chosen");
});

test("a click is not overwritten by a proposal that arrives after it", async () => {
    Line._onChanges.measured = (record) => {
        record.grade_id = 2;
    };
    const proposed = new Deferred();
    onRpc("line", "onchange", () => proposed);
    await openForm();
    await contains(".o_paper_extra [name=measured] input").edit("85", { confirm: "blur" });
    await contains(cell(11, "C")).click();
    proposed.resolve();
    await animationFrame();
    await animationFrame();
    expect.verifySteps([
        '11: {"grade_id":3,"not_applicable":false}',
        '11: {"measured":85,"grade_id":2}',
        '11: {"grade_id":3,"not_applicable":false}',
    ]);
    expect(cell(11, "C")).toHaveClass("o_paper_chosen");
});

test("a field that the list adds is edited in the panel and saved with its line", async () => {
    await openForm();
    await contains(".o_paper_extra [name=measured] input").edit("85", { confirm: "blur" });
    await animationFrame();
    expect.verifySteps(['11: {"measured":85}']);
});
