"""The paper form at every width: nothing covers it, and its lines begin high on the screen."""

from .pages import PagesCase

# Of windows: small laptops, what scaled ones come to, where Odoo changes its layout, and wide ones.
WIDTHS = (1280, 1366, 1400, 1440, 1536, 1600, 1920)
LEAST_LINES = 10
# A click in the middle of a cell reaches that cell; the column heads end before the panel.
REACHED = """
await find(".o_paper_table");
await pause(500);
const panel = document.querySelector(".o_paper_panel");
check(panel || innerWidth < 1366, "The panel is not beside the table.");
for (const cell of all("td.o_paper_mark, td.o_paper_remark")) {
    cell.scrollIntoView({ block: "center" });
    const { left, top, width, height } = cell.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    check(cell.contains(hit), `${cell.getAttribute("aria-label")}: ${hit?.className}`);
}
for (const head of all(".o_paper_table thead th")) {
    const { right } = head.getBoundingClientRect();
    check(!panel || right <= panel.getBoundingClientRect().left, head.textContent);
}
const chatter = await find(".o-mail-Chatter");
const table = document.querySelector(".o_paper_table").getBoundingClientRect();
check(chatter.getBoundingClientRect().top >= table.bottom, "The log is beside the form.");
"""
LINES = """
await find(".o_paper_panel");
await pause(500);
const shown = all(".o_paper_row").filter((row) => {
    const cell = row.querySelector(".o_paper_mark").getBoundingClientRect();
    const ends = [cell.top + 2, cell.bottom - 2].map((y) =>
        document.elementFromPoint(cell.left + cell.width / 2, y)
    );
    return ends.every((element) => row.contains(element));
});
check(shown.length >= told.least, `${shown.length} lines`);
"""
ON_PHONE = """
const phone = await find(".o_paper_phone", told.line);
await pause(500);
const { bottom } = phone.querySelector(told.last).getBoundingClientRect();
check(bottom <= innerHeight, `It ends at ${bottom} of ${innerHeight}.`);
"""
ENTRANCE = """
await find(".o_paper_table");
await wait(() => document.activeElement.matches(".o_paper_current .o_paper_mark"), "the focus");
const row = document.activeElement.closest("tr");
check(all(".o_paper_row").indexOf(row) === told.row, "another row");
document.activeElement.blur();
const [first] = [...document.querySelectorAll("a[href], button, input, [tabindex='0']")];
first.focus();
check(document.activeElement.matches(".o_paper_mark"), first.outerHTML);
const keys = await find(".o_paper_keys");
check(keys.textContent.includes("N A B C D"), keys.textContent);
"""
STAY = """
await click(".o_paper_advance");
const cell = await find(".o_paper_row [data-mark=N]");
cell.focus();
cell.dispatchEvent(new KeyboardEvent("keydown", { key: "b", bubbles: true }));
await wait(() => document.activeElement.matches(".o_paper_row [data-mark=B].o_paper_chosen"));
check(all(".o_paper_row").indexOf(document.activeElement.closest("tr")) === 0, "It went on.");
localStorage.removeItem("it_kpi_assessment.advance");
"""
TOOLTIPS = """
await find(".o_paper_panel");
check(!all(".o_paper_mark[data-tooltip]").length, "a tooltip beside the panel");
await click(".o_paper_toggle");
const cell = await find(".o_paper_mark[data-mark=A][data-tooltip]");
check(cell.dataset.tooltipPosition === "top", "It covers the next rows.");
check(Number(cell.dataset.tooltipDelay) >= 1000, "It comes at once.");
await click(".o_paper_toggle");
"""
# What the translation of a browser does to the texts of a page, where it is not told not to.
TRANSLATED = """
await find(".o_paper_row");
check(document.documentElement.translate === false, "the page");
document.documentElement.removeAttribute("translate");
const texts = document.createTreeWalker(document.querySelector(told.part), NodeFilter.SHOW_TEXT);
const found = [];
while (texts.nextNode()) {
    found.push(texts.currentNode);
}
for (const text of found.filter((text) => text.parentElement.closest("[translate]") === null)) {
    const inner = document.createElement("font");
    const outer = document.createElement("font");
    text.replaceWith(outer);
    outer.append(inner);
    inner.append(text);
}
for (const [index, row] of all(".o_paper_row").entries()) {
    row.querySelector("[data-mark=B]").click();
    await find(".o_paper_marked", `${index + 1} / 16`);
}
await find(".o_paper_status .fa-check");
check(!document.querySelector(".modal"), "an error");
"""


class TestPaperLayout(PagesCase):
    def setUp(self):
        super().setUp()
        self.path = f"it-kpi-my-assessments/{self.own_form.id}"

    def get_survey(self):
        self.fill(self.own_form, "A" * 16)
        self.own_form.state = "submitted"
        survey = self.get_form(self.cycle, "利州", "survey")
        survey.assessor_ids = self.users["assessor"]
        return survey

    def test_nothing_covers_the_table_at_any_width(self):
        for width in WIDTHS:
            self.look("reporter", self.path, REACHED, f"{width}x900")
        survey = self.get_survey()
        for width in WIDTHS:
            self.look("assessor", f"it-kpi-my-surveys/{survey.id}", REACHED, f"{width}x900")

    def test_ten_lines_fit_a_small_laptop(self):
        self.look("reporter", self.path, LINES, least=LEAST_LINES)
        self.look("assessor", f"it-kpi-my-surveys/{self.get_survey().id}", LINES, least=LEAST_LINES)

    def test_the_first_open_line_is_on_the_first_screen_of_a_phone(self):
        self.fill(self.own_form, "AAA")
        told = {"line": "4 / 16", "last": ".o_paper_criterion"}
        self.look("reporter", self.path, ON_PHONE, "390x844", **told)
        told["line"] = "1 / 16"
        survey = self.get_survey()
        self.look("assessor", f"it-kpi-my-surveys/{survey.id}", ON_PHONE, "390x844", **told)
        self.look("reporter", self.path, ON_PHONE, "390x844", line="1 / 16", last=".o_paper_title")

    def test_one_tab_leads_into_the_table(self):
        self.fill(self.own_form, "AAA")
        self.look("reporter", self.path, ENTRANCE, row=3)

    def test_who_wants_stays_on_the_line(self):
        self.look("reporter", self.path, STAY)

    def test_no_tooltip_covers_the_next_rows(self):
        self.look("reporter", self.path, TOOLTIPS)

    def test_a_browser_that_translates_does_no_harm(self):
        self.look("reporter", self.path, TRANSLATED, part=".o_field_paper_form")
