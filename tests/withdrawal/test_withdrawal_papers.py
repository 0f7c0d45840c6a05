"""What papers and the workbook say of a unit that was withdrawn from the year (R13)."""

from io import BytesIO

import lxml.html
from openpyxl import load_workbook

from odoo.tests import tagged

from ..helpers.common import BureauCase
from ..helpers.printing import squeeze

REASON, DECISION = "并入市局", "广编办〔2099〕3号"
TOLD = f"退出本年度考核，不计分、不参加排名（{DECISION}）：{REASON}"
SCORED = ("排名", "得分明细", "对比", "差距")


@tagged("post_install", "-at_install")
class TestWithdrawalPapers(BureauCase):
    """朝天 left; 青川 leaves by a revision, having filed and been visited like the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.withdraw(cls.cycle, "朝天", REASON, DECISION)
        cls.division = cls.cycle.with_user(cls.users["division"])
        cls.preview = cls.open_workbook(cls.division)
        cls.first = cls.publish(cls.cycle)

    @classmethod
    def open_workbook(cls, record):
        return load_workbook(
            BytesIO(record.with_user(cls.users["division"])._workbook()), data_only=True
        )

    def render(self, report, record):
        """Return the text of a print."""
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"it_kpi_assessment.{report}", record.ids
        )
        [body] = lxml.html.fromstring(html).xpath("//body")
        return squeeze(body.text_content())

    def rows(self, sheet):
        return [[cell.value for cell in row] for row in sheet]

    def result(self, publication, name):
        return publication.result_ids.filtered(lambda row: row.unit_id.short_name == name)

    def revise(self):
        self.division.action_revise("机构改革")
        self.withdraw(self.cycle, "青川", "撤销建制", "广府〔2099〕7号")
        self.approve(self.cycle)
        self.division.action_publish()
        self.env.invalidate_all()
        return self.cycle.publication_id

    def test_the_notice_names_it_with_the_reason(self):
        name = self.get_unit("朝天").name
        text = self.render("publication_report", self.first)
        self.assertIn(
            squeeze(f"{name}{TOLD[: TOLD.index('（')]}。原因：{REASON}（{DECISION}）。"), text
        )
        self.assertIn(squeeze("对五个单位2099年度信息化工作进行了考核"), text)
        self.assertEqual(text.count(squeeze(name)), 1, "neither in the table nor in the chart")

    def test_the_notice_of_a_revision_says_who_left(self):
        text = self.render("publication_report", self.revise())
        name = squeeze(self.get_unit("青川").name)
        self.assertIn(f"{name}68.00—3—退出本年度考核", text)
        self.assertIn(squeeze("原因：撤销建制（广府〔2099〕7号）。"), text)
        self.assertNotIn(squeeze("失泄密事件的单位"), text, "its leak counts nowhere")
        first = self.render("publication_report", self.first)
        self.assertNotIn("撤销建制", first)

    def test_the_forms_print_as_records(self):
        for kind in ("assessment", "survey"):
            form = self.get_form(self.cycle, "朝天", kind)
            text = self.render(f"{kind}_report", form)
            self.assertIn(squeeze(f"最终得分{TOLD}"), text)
            self.assertEqual(text.count("√"), 16, "the marks stay")

    def test_the_self_report_counts_nothing(self):
        text = self.render("self_report", self.get_form(self.cycle, "朝天"))
        self.assertIn(squeeze(f"自评总分：{TOLD}"), text)
        self.assertEqual(text.count("本部分自评得分:不计分"), 6)
        self.assertNotIn("得分0.00", text)

    def test_the_letter_says_why_there_is_no_score(self):
        text = self.render("result_report", self.result(self.first, "朝天"))
        self.assertIn("不参加排名", text)
        self.assertIn(squeeze(DECISION), text)
        self.assertIn(REASON, text)
        for word in ("0.00", "第0名", "得分率"):
            self.assertNotIn(word, text)
        self.assertIn(squeeze("第1名（共5个单位）"),
                      self.render("result_report", self.result(self.first, "利州")))  # fmt: skip

    def test_the_workbook_ranks_the_others_and_names_it_below(self):
        name = self.get_unit("朝天").name
        for book in (self.preview, self.open_workbook(self.first)):
            for title in SCORED:
                named = [row for row in self.rows(book[title]) if name in row]
                self.assertFalse(named, title)
            for title in ("排名", "得分明细"):
                self.assertIn([f"{name}{TOLD}"], [
                    [cell for cell in row if cell is not None] for row in self.rows(book[title])
                ])  # fmt: skip
            facts = {row[0]: row[1] for row in self.rows(book["说明"])}
            self.assertEqual(facts["参评单位"], "5个")
            self.assertEqual(facts["退出单位"], f"{name}{TOLD}")
            self.assertIn("凭决定文号", facts["R13 退出"])

    def test_the_workbook_of_a_revision_shows_it(self):
        book = self.open_workbook(self.revise())
        [row] = [row for row in self.rows(book["修订说明"]) if self.get_unit("青川").name in row]
        self.assertEqual(row[2:8], [68, None, 3, None, "是", None])
        self.assertIn("广府〔2099〕7号", row[8])
