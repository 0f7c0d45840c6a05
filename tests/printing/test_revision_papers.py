"""修订说明: what a revision changed, on the notice, the letters and in the workbook."""

from io import BytesIO

from openpyxl import load_workbook

from odoo.tests import tagged

from ..helpers.printing import ReportCase

LAST = ("说明", "数据", "参数")


@tagged("post_install", "-at_install")
class TestRevisionPapers(ReportCase):
    """利州 loses a grade on row 4, which moves the mean of 昭化; 旺苍 is no longer vetoed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        division = cls.cycle.with_user(cls.users["division"])
        division.action_revise("申诉成立")
        division.action_resume("退回更正")
        line = cls.get_form(cls.cycle, "利州").line_ids[3]
        line.grade_id = line.rubric_id.grade_ids[1]
        cls.env["it.kpi.incident"].search([("kind", "=", "network_security")]).state = "lifted"
        cls.preview = cls.open_workbook(cls.cycle)
        cls.revision = cls.publish(cls.cycle)
        cls.env.invalidate_all()

    @classmethod
    def open_workbook(cls, record):
        return load_workbook(
            BytesIO(record.with_user(cls.users["division"])._workbook()), data_only=True
        )

    def result(self, name):
        return self.revision.result_ids.filtered(lambda row: row.unit_id.short_name == name)

    def test_the_notice_has_a_section(self):
        pages = self.print("publication_report", self.revision)
        self.assertPrinted("（第二版）", pages)
        self.assertPrinted("三、修订说明", pages)
        self.assertPrinted("以下六个单位的考核结果有变动", pages)
        self.assertPrinted("四、督促整改", pages)

    def test_the_notice_says_why_without_marks(self):
        table = self.read_rows("publication_report", self.revision)[8:]
        rows = {row[0]: row[1:] for row in table}
        name = self.get_unit("利州").name
        self.assertEqual(rows[name], ["91.20", "90.80", "1", "1", "自评更正1项"])
        name = self.get_unit("旺苍").name
        self.assertEqual(rows[name], ["0.00", "85.95", "6", "2", "撤销网络安全事件的认定"])
        name = self.get_unit("昭化").name
        self.assertEqual(rows[name], ["81.85", "81.75", "2", "3", "无此项的平均分变动"])
        name = self.get_unit("剑阁").name
        self.assertEqual(rows[name][-1], "得分不变,名次随其他单位变动")

    def test_the_first_notice_has_none(self):
        pages = self.print("publication_report", self.publication)
        self.assertNotPrinted("修订说明", pages)
        self.assertPrinted("三、督促整改", pages)

    def test_the_letter_tells_the_unit(self):
        pages = self.print("result_report", self.result("利州"))
        self.assertPrinted("本成绩单为第二版，修订原因：申诉成立。", pages)
        self.assertPrinted("91.20 → 90.80", pages)

    def test_the_workbook_has_a_sheet(self):
        book = self.open_workbook(self.revision)
        first = ["排名", "对照图", "得分明细", "对比", "差距"]
        self.assertEqual(book.sheetnames, [*first, "修订说明", *LAST])
        sheet = book["修订说明"]
        self.assertIn("（第二版）", sheet["A1"].value)
        rows = {row[0]: row[2:8] for row in sheet.iter_rows(min_row=4, values_only=True)}
        self.assertEqual(rows[self.get_unit("旺苍").name], (0, 85.95, 6, 2, "是", "否"))
        facts = dict(book["说明"].iter_rows(min_row=4, max_row=16, max_col=2, values_only=True))
        self.assertEqual((facts["版次"], facts["修订理由"]), ("第二版", "申诉成立"))

    def test_a_preview_says_what_would_change(self):
        sheet = self.preview["修订说明"]
        self.assertIn("未公布", sheet["A1"].value)
        rows = {row[0]: row[2:6] for row in sheet.iter_rows(min_row=4, values_only=True)}
        self.assertEqual(rows[self.get_unit("旺苍").name], (0, 85.95, 6, 2))
        rows = self.preview["说明"].iter_rows(min_row=4, max_row=16, max_col=2, values_only=True)
        facts = dict(rows)
        self.assertEqual((facts["版次"], facts["修订理由"]), ("第一版修订中，未公布", "申诉成立"))

    def test_the_first_workbook_has_none(self):
        book = self.open_workbook(self.publication)
        self.assertNotIn("修订说明", book.sheetnames)
        facts = dict(book["说明"].iter_rows(min_row=4, max_row=16, max_col=2, values_only=True))
        self.assertEqual(facts["版次"], "第一版（首次公布）")
