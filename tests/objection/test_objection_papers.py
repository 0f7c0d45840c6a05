"""公示, 复核决定书, and what 通报 says of a year with objections."""

import io

import docx
import lxml.html

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.objecting import NoticeOfResultCase
from ..helpers.printing import squeeze


@tagged("post_install", "-at_install")
class TestObjectionPapers(NoticeOfResultCase):
    def read(self, report, record, role="division"):
        action = self.env.ref(f"it_kpi_assessment.{report}").with_user(self.users[role])
        html, _kind = action._render_qweb_html(action.report_name, record.ids)
        return squeeze(lxml.html.fromstring(html).text_content())

    def test_the_public_notice(self):
        text = self.read("publication_report", self.cycle.proposal_id)
        self.assertIn("考核结果的公示", text)
        self.assertIn("拟公布的考核结果", text)
        self.assertNotIn("通报", text)
        self.assertNotIn("督促整改", text)
        for result in self.cycle.proposal_id.result_ids:
            self.assertIn(f"{result.final:.2f}", text)

    def test_a_decision_line_by_line(self):
        objection = self.object(self.get_result(), ("survey", 2), ("survey", 5), state="received")
        self.assertIn("尚未决定", self.read("objection_report", objection))
        self.decide(objection, "corrected", "maintained")
        text = self.read("objection_report", objection)
        self.assertIn("复核决定书", text)
        names = objection.line_ids.indicator_id.mapped("name")
        for name in names:
            self.assertIn(squeeze(name), text)
        self.assertIn("更正。经复核现场记录。", text)
        self.assertIn("维持。经复核现场记录。", text)
        self.assertIn("重新公示和公布", text)

    def test_a_dismissal_names_its_reason(self):
        objection = self.object(self.get_result(), ("survey", 2), state="filed")
        self.as_role("division", objection).action_dismiss("未附理由")
        text = self.read("objection_report", objection)
        self.assertIn("不予受理", text)
        self.assertIn("未附理由", text)

    def test_the_archive_holds_each_decision(self):
        objection = self.object(self.get_result(), ("survey", 2), state="received")
        division = self.as_role("division", self.cycle)
        self.assertFalse(list(division._list_objections()))
        self.decide(objection, "maintained")
        [(piece, source)] = division._list_objections()
        self.assertIn("复核决定书", piece.title)
        self.assertEqual((piece.kind, piece.subject), ("objection", objection.unit_name))
        self.assertEqual(source[2:], ("it.kpi.objection", objection.id))

    def test_word_says_what_the_page_says(self):
        objection = self.object(self.get_result(), ("survey", 2), state="received")
        self.decide(objection, "maintained")
        action = self.env.ref("it_kpi_assessment.objection_report")
        content, name = action.with_user(self.users["division"])._render_it_kpi_word(objection.ids)
        self.assertTrue(name.endswith(".docx"))
        text = self.read("objection_report", objection)
        for paragraph in docx.Document(io.BytesIO(content)).paragraphs:
            self.assertIn(squeeze(paragraph.text), text)

    def test_the_notice_tells_how_many_there_were(self):
        self.uphold()
        self.object(self.get_result("昭化"), ("survey", 1), state="dismissed")
        self.correct()
        self.end_notice()
        self.head.action_approve_again()
        self.division.action_renew_notice()
        renewed = self.read("publication_report", self.cycle.proposal_id)
        self.assertIn("经复核更正", renewed)
        self.end_notice()
        self.division.action_publish()
        text = self.read("publication_report", self.cycle.publication_id)
        self.assertIn(squeeze(f"收到复核申请2件，其中成立1件（{self.own_unit.name}）"), text)

    def test_others_print_no_objection(self):
        objection = self.object(self.get_result("昭化"), ("survey", 2), state="filed")
        with self.assertRaises(AccessError):
            self.read("objection_report", objection, "reporter")
