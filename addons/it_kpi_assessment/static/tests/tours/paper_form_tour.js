import { rpc, ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const ROW = (index) => `.o_paper_row:eq(${index})`;
const CELL = (index, mark) => `${ROW(index)} [data-mark="${mark}"]`;
const CHOSEN = (index, mark) => `${CELL(index, mark)}.o_paper_chosen`;
const SAVED = ".o_paper_status:has(.fa-check)";
const ALL = [...Array(16).keys()];

/** The requests that the page has sent since it was opened, by the method's name. */
function count(method) {
    const entries = performance.getEntriesByType("resource");
    return entries.filter(({ name }) => name.includes(`/${method}`)).length;
}

function assertEqual(actual, expected, what) {
    if (actual !== expected) {
        throw new Error(`${what}: ${actual}, not ${expected}`);
    }
}

let clicks = 0;

tours.add("it_kpi_paper_by_mouse", {
    steps: () => [
        {
            content: "The empty form is shown, with nothing marked",
            trigger: ".o_paper_marked:contains(0 / 16)",
            run: () => {
                clicks = 0;
                document.addEventListener("click", () => clicks++, { capture: true });
            },
        },
        ...ALL.map((index) => ({
            content: `Mark row ${index + 1}`,
            trigger: CELL(index, index % 2 ? "B" : "A"),
            run: "click",
        })),
        { content: "All is marked", trigger: ".o_paper_marked:contains(16 / 16)" },
        {
            content: "All is saved: a click is one request",
            trigger: SAVED,
            run: () => {
                assertEqual(clicks, 16, "clicks");
                assertEqual(count("web_save"), 16, "requests");
            },
        },
        { content: "A second click keeps the mark", trigger: CELL(0, "A"), run: "dblclick" },
        {
            content: "It sends no request",
            trigger: CHOSEN(0, "A"),
            run: () => assertEqual(count("web_save"), 16, "requests"),
        },
    ],
});

tours.add("it_kpi_paper_by_keyboard", {
    steps: () => [
        {
            content: "One cell can be reached by Tab",
            trigger: ".o_paper_table",
            run: () => {
                const cells = document.querySelectorAll(".o_paper_mark[tabindex='0']");
                assertEqual(cells.length, 1, "cells to tab to");
                cells[0].focus();
            },
        },
        ...ALL.flatMap((index) => [
            { trigger: `${CELL(index, index ? "B" : "N")}:focus`, run: "press b" },
            { content: "A letter marks and goes on", trigger: CHOSEN(index, "B") },
        ]),
        { content: "The last line is the last", trigger: `${CHOSEN(15, "B")}:focus`, run: "press n" },
        { trigger: `${CHOSEN(15, "N")}:focus`, run: "press Enter" },
        {
            content: "Enter leads to the explanation",
            trigger: "textarea[data-field=explanation]:focus",
            run: "edit 本单位无此项业务",
        },
        { trigger: "textarea[data-field=explanation]", run: "press Escape" },
        { trigger: `${CHOSEN(15, "N")}:focus`, run: "press ArrowUp" },
        { trigger: `${CELL(14, "N")}:focus`, run: "press Delete" },
        { content: "Delete removes a mark", trigger: ".o_paper_marked:contains(15 / 16)" },
        { trigger: SAVED },
    ],
});

tours.add("it_kpi_paper_returned", {
    steps: () => [
        {
            content: "The returned line is highlighted and shows why",
            trigger: `.o_paper_returned:contains(缺少计划文件)`,
        },
        { content: "A locked line does not change", trigger: CELL(0, "C"), run: "click" },
        { trigger: `${ROW(0)}.o_paper_locked:not(:has([data-mark="C"].o_paper_chosen))` },
        { content: "The returned one does", trigger: CELL(3, "C"), run: "click" },
        { trigger: CHOSEN(3, "C") },
        {
            trigger: SAVED,
            run: () => assertEqual(count("web_save"), 1, "requests"),
        },
    ],
});

let connected;

const cutConnection = {
    content: "Cut the connection",
    trigger: ".o_paper_table",
    run: () => {
        connected = rpc._rpc;
        rpc._rpc = async (url, ...args) => {
            if (url.includes("/it.kpi.")) {
                throw new ConnectionLostError(url);
            }
            return connected(url, ...args);
        };
    },
};

tours.add("it_kpi_paper_offline", {
    steps: () => [
        cutConnection,
        { trigger: CELL(0, "A"), run: "click" },
        { content: "The lost connection is shown", trigger: ".o_paper_offline" },
        { content: "Go on marking", trigger: CELL(1, "B"), run: "click" },
        { trigger: CHOSEN(1, "B") },
        { trigger: "textarea[data-field=explanation]", run: "edit 断网时写下" },
        {
            content: "Unsent changes are counted",
            trigger: ".o_paper_status:has(.fa-clock-o):contains(2)",
            run: () => {
                rpc._rpc = connected;
                window.dispatchEvent(new Event("online"));
            },
        },
        { content: "It arrives", trigger: SAVED },
        { trigger: ".o_paper_form:not(:has(.o_paper_offline))" },
    ],
});

tours.add("it_kpi_paper_offline_files", {
    steps: () => [
        cutConnection,
        { trigger: CELL(0, "A"), run: "click" },
        { trigger: ".o_paper_offline" },
        {
            content: "Choose a file without a connection",
            trigger: ".o_paper_panel .o_paper_evidence",
            run: ({ anchor }) => {
                const chosen = new DataTransfer();
                chosen.items.add(new File(["断网时附上"], "台账.txt", { type: "text/plain" }));
                const input = anchor.querySelector("input[multiple]");
                input.files = chosen.files;
                input.dispatchEvent(new Event("change"));
            },
        },
        { content: "It waits", trigger: ".o_paper_evidence .fa-clock-o" },
        {
            content: "Leave the page, and come back with a connection",
            trigger: ".o_paper_status:has(.fa-clock-o)",
            run: async () => {
                await new Promise((resolve) => setTimeout(resolve, 500)); // the browser keeps it
                location.reload();
            },
            expectUnloadPage: true,
        },
        {
            content: "The file is sent",
            trigger: ".o_paper_file:contains(台账.txt)",
            timeout: 60000, // the page is loaded anew before
        },
        { trigger: SAVED },
    ],
});

tours.add("it_kpi_paper_on_phone", {
    steps: () => [
        { content: "One indicator per screen", trigger: ".o_paper_phone:contains(1 / 16)" },
        ...ALL.flatMap((index) => [
            { trigger: `.o_paper_phone .o_paper_criterion[data-mark="B"]`, run: "click" },
            { trigger: `.o_paper_marked:contains(${index + 1} / 16)` },
            ...(index < 15
                ? [
                      { trigger: ".o_paper_next", run: "click" },
                      { trigger: `.o_paper_phone:contains(${index + 2} / 16)` },
                  ]
                : []),
        ]),
        {
            trigger: ".o_paper_phone textarea[data-field=explanation]",
            run: "edit 手机上填写",
        },
        { content: "Leave the field", trigger: ".o_paper_previous", run: "click" },
        { trigger: SAVED },
    ],
});

/** Act as another user on another computer, with a login of their own. */
async function actAsAnother({ db, uid, password, model, id, vals }) {
    const args = [db, uid, password, model, "write", [[id], vals]];
    const params = { service: "object", method: "execute_kw", args };
    const response = await fetch("/jsonrpc", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
    });
    const { error } = await response.json();
    assertEqual(error, undefined, "answer");
}

tours.add("it_kpi_paper_two_people", {
    steps: () => [
        { trigger: CELL(0, "A"), run: "click" },
        { trigger: CHOSEN(0, "A") },
        { content: "Begin to write", trigger: "textarea[data-field=explanation]", run: "fill 我正在写" },
        {
            content: "Another user marks the next line",
            trigger: SAVED,
            run: async () => {
                await actAsAnother(JSON.parse(document.cookie.match(/another=([^;]*)/)[1]));
                document.dispatchEvent(new Event("visibilitychange"));
            },
        },
        { content: "Their mark appears", trigger: CHOSEN(1, "C") },
        {
            content: "What is being written stays",
            trigger: "textarea[data-field=explanation]",
            run: ({ anchor }) => assertEqual(anchor.value, "我正在写", "text"),
        },
    ],
});

tours.add("it_kpi_paper_survey", {
    steps: () => [
        { content: "The unit's own mark is shown in its cell", trigger: `${CELL(0, "A")}.o_paper_own` },
        { content: "Go two grades below it", trigger: CELL(0, "C"), run: "click" },
        {
            content: "The gap demands a reason",
            trigger: `${ROW(0)}.o_paper_far_off textarea.o_paper_required`,
            run: "edit 现场未见领导小组文件",
        },
        {
            content: "With the reason, nothing is missing in the row",
            trigger: `${ROW(0)}:not(:has(textarea.o_paper_required))`,
        },
        { content: "Leave the field", trigger: CELL(1, "A"), run: "click" },
        { trigger: CHOSEN(1, "A") },
        { trigger: SAVED },
    ],
});
