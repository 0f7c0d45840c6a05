"""自评报告, and the signed versions that every submission leaves behind."""

import hashlib
import io
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..helpers.common import EXAMPLE, SIGNATURE, BureauCase
from ..helpers.printing import ReportCase, draw_signature, print_papers, squeeze

PDF = b"%PDF-1.4 what was signed"


@tagged("post_install", "-at_install")
class TestSelfReport(ReportCase):
    def setUp(self):
        super().setUp()
        self.sheet = self.get_form(self.cycle, "昭化").sudo()

    def test_the_report_is_written_from_the_lines(self):
        line = self.sheet.line_ids[0]
        line.write({"explanation": "第一段。\n第二段。", "remark": "另附台账"})
        files = [{"name": "会议纪要.pdf", "raw": b"a"}, {"name": "发文.pdf", "raw": b"b"}]
        first, second = (f"SHA-256{hashlib.sha256(file['raw']).hexdigest()}" for file in files)
        line.attachment_ids = [Command.create(vals) for vals in files]
        pages = self.print("self_report", self.sheet)
        for text in (
            "昭化区交通运输局2099年度信息化绩效考核自评报告",
            "根据《信息化绩效考核管理办法（试行）》（广交函〔2023〕4号）要求，昭化区交通运输局",
            "一、组织管理（10分）（一）领导重视程度（2分）自评等次：B，得分1.60分。",
            "说明：第一段。第二段。备注：另附台账佐证材料："
            f"1.会议纪要.pdf{first}2.发文.pdf{second}",
            "（四）信息化工作计划实施情况（4分）自评等次：无此项，计平均分3.40分。",
            "本部分自评得分：8.60分。",
            "六、特色发展（5分）",
            "七、自评总分自评总分：85.85。",
            "领导签字：昭化区交通运输局（盖章）",
        ):
            self.assertPrinted(text, pages)
        self.assertEqual("".join(pages).count("说明:如实") + 1, 16)
        self.assertEqual("".join(pages).count("佐证材料:无。"), 15)

    def test_evidence_that_is_lost_is_told(self):
        """The database was restored without its files."""
        line = self.sheet.line_ids[0]
        line.attachment_ids = [Command.create({"name": "会议纪要.pdf", "raw": PDF})]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = '00/lost' WHERE id = %s",
            [line.attachment_ids.id],
        )
        self.env.invalidate_all()
        self.assertPrinted("1.会议纪要.pdf（文件缺失）", self.print("self_report", self.sheet))

    def test_a_text_of_the_unit_takes_the_place_of_the_proposal(self):
        self.sheet.write({"report_opening": "我们的开头。", "report_closing": "我们的结尾。"})
        pages = self.print("self_report", self.sheet)
        self.assertPrinted("我们的开头。一、", pages)
        self.assertPrinted("我们的结尾。领导签字：昭化区", pages)
        self.assertNotPrinted("根据《", pages)
        self.assertNotPrinted("特此报告", pages)

    def test_the_signature_is_not_alone_on_its_page(self):
        self.sheet.write({"signature": draw_signature(), "signed_at": "2099-12-09 17:30:00"})
        pdf = self.make_pdf("self_report", self.sheet)
        last = squeeze(pdf.pages[-1].extract_text())
        self.assertIn("特此报告。", last)
        self.assertIn("2099年12月10日", last)
        self.assertTrue(pdf.pages[-1].images)

    def test_what_was_not_filed_shows_nothing_of_its_lines(self):
        pages = self.print("self_report", self.get_form(self.cycle, "剑阁"), role="leadership")
        self.assertPrinted("未报：未报", pages)
        self.assertNotPrinted("自评等次", pages)

    def test_who_reads_the_form_prints_its_report(self):
        for role in ("division", "leadership"):
            self.assertTrue(self.print("self_report", self.sheet, role=role))
        for role in ("reporter", "leader", "assessor"):
            with self.assertRaises(AccessError):
                self.print("self_report", self.sheet, role=role)


class SubmissionCase(BureauCase):
    """The form of 利州, filled and waiting for the leader."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.sheet = cls.get_form(cls.cycle, "利州")
        cls.fill(cls.sheet, EXAMPLE["利州"][0])

    def setUp(self):
        super().setUp()
        self.reporter = self.as_role("reporter", self.sheet)
        self.leader = self.as_role("leader", self.sheet)
        self.division = self.as_role("division", self.sheet)

    def submit(self):
        self.reporter.action_hand_over()
        self.leader.action_submit(SIGNATURE)

    def patch_layout(self, **behaviour):
        reports = self.env.registry["ir.actions.report"]
        return patch.object(reports, "_render_it_kpi_documents", **behaviour)

    def submit_printing(self, content=PDF):
        """Submit, and return the versions that a fast printer made of it."""
        self.submit()
        print_papers(self.env, content)
        return self.sheet.document_ids


@tagged("post_install", "-at_install")
class TestReportTexts(SubmissionCase):
    def test_the_unit_writes_the_texts_while_the_form_is_open(self):
        for role in ("reporter", "leader"):
            self.as_role(role, self.sheet).report_opening = role
            self.assertEqual(self.sheet.report_opening, role)
        with Form(self.reporter) as form:
            form.report_closing = "结尾"
        self.assertEqual(self.sheet.report_closing, "结尾")

    def test_they_lock_with_the_form(self):
        self.reporter.action_hand_over()
        for role in ("reporter", "leader"):
            for name in ("report_opening", "report_closing"):
                self.assertRefused("locked", self.as_role(role, self.sheet).write, {name: "改"})
        self.leader.action_take_back("再核对")
        self.reporter.report_opening = "又可以改"

    def test_they_lock_with_the_year(self):
        self.cycle.state = "review"
        self.assertRefused("not open", self.reporter.write, {"report_opening": "改"})

    def test_nobody_else_writes_them(self):
        self.assertRefused("Only reporters", self.division.write, {"report_opening": "改"})
        stranger = self.new_user("reporter", "stranger")
        with self.assertRaises(AccessError):
            self.sheet.with_user(stranger).write({"report_opening": "改"})

    def test_the_proposal_names_unit_and_year(self):
        self.assertIn("利州区交通运输局", self.sheet.proposed_opening)
        self.assertIn("2099年度", self.sheet.proposed_closing)


@tagged("post_install", "-at_install")
class TestSignedVersions(SubmissionCase):
    def test_a_submission_really_prints_form_and_report(self):
        self.reporter.action_hand_over()
        # A signature is drawn, whatever the caller's context makes of it.
        context = {"bin_size": True, "default_public": True}
        self.leader.with_context(**context).action_submit(draw_signature())
        print_papers(self.env)
        drawn = self.env["ir.attachment"].search(
            [("res_model", "=", self.sheet._name), ("res_field", "=", "signature")]
        )
        self.assertEqual(drawn.mapped("public"), [False])
        form, report = self.sheet.document_ids.sorted("id")
        self.assertEqual(form.name, "2099年度信息化绩效考核自评表（利州区交通运输局）（第1版）.pdf")
        self.assertEqual(report.name, "利州区交通运输局2099年度信息化绩效考核自评报告（第1版）.pdf")
        for file, text in ((form, "附件2"), (report, "自评报告")):
            self.assertFalse(file.public)
            pages = PdfReader(io.BytesIO(file.raw)).pages
            self.assertIn(text, squeeze(pages[0].extract_text()))
            self.assertTrue(pages[-1].images, "the signature")

    def test_the_checksum_stands_in_the_log(self):
        files = self.submit_printing()
        self.assertEqual(len(files), 2)
        messages = self.sheet.message_ids.filtered("attachment_ids")
        self.assertEqual(messages.attachment_ids, files)
        for message in messages:
            self.assertIn(hashlib.sha256(PDF).hexdigest(), message.body)
            self.assertIn("第1版", message.body)
            self.assertEqual(message.author_id, self.users["leader"].partner_id)

    def test_earlier_versions_stay(self):
        first = self.submit_printing()
        self.division.action_return({self.sheet.line_ids[0].id: "缺少文件"})
        self.assertEqual(self.sheet.document_ids, first)
        both = self.submit_printing(PDF + b" again")
        self.assertEqual(len(both), 4)
        self.assertEqual(set(first.mapped("raw")), {PDF})
        self.assertEqual(
            sorted(name[-8:] for name in both.mapped("name")),
            ["第1版）.pdf"] * 2 + ["第2版）.pdf"] * 2,
        )
        self.assertEqual(self.sheet.version, 2)

    def test_nobody_changes_or_deletes_a_version(self):
        file = self.submit_printing()[:1]
        self.users["admin"] = self.env.ref("base.user_admin")
        self.env.ref("it_kpi_assessment.group_division").sudo().user_ids += self.users["admin"]
        for role in ("reporter", "leader", "division", "admin"):
            own = file.with_user(self.users[role])
            for vals in ({"name": "改.pdf"}, {"raw": b"x"}, {"res_id": 0}, {"public": True}):
                with self.assertRaises(UserError):
                    own.write(vals)
            for act in (own.unlink, own.generate_access_token):
                with self.assertRaises(UserError):
                    act()
        with self.assertRaises(UserError):
            file.sudo()._delete_and_notify()
        self.assertEqual(file.raw, PDF)
        with self.assertRaises(UserError):
            self.leader.write({"document_ids": [Command.clear()]})

    def test_a_version_does_not_move_to_a_line(self):
        file = self.submit_printing()[:1]
        self.division.action_return({self.sheet.line_ids[0].id: "缺少文件"})
        with self.assertRaises(UserError):
            self.reporter.line_ids[0].write({"attachment_ids": [Command.link(file.id)]})

    def test_who_reads_the_form_reads_its_versions(self):
        file = self.submit_printing()[:1]
        for role in ("reporter", "leader", "head", "division", "leadership"):
            self.assertEqual(file.with_user(self.users[role]).raw, PDF)
        for user in (self.users["assessor"], self.new_user("reporter", "stranger")):
            with self.assertRaises(AccessError):
                _content = file.with_user(user).raw

    def test_other_files_of_the_form_are_free(self):
        self.submit_printing()
        place = {"res_model": self.sheet._name, "res_id": self.sheet.id}
        file = self.env["ir.attachment"].create({"name": "其他.pdf", "raw": b"x", **place})
        file.raw = b"y"
        self.assertEqual(file.raw, b"y")
        file.unlink()
        self.assertFalse(file.exists())

    def test_what_cannot_be_laid_out_does_not_stop_the_submission(self):
        with (
            self.patch_layout(side_effect=UserError("无打印")),
            self.assertLogs(
                "odoo.addons.it_kpi_assessment.models.form.it_kpi_form_documents", "ERROR"
            ),
        ):
            self.submit()
        self.assertEqual(self.sheet.state, "submitted")
        self.assertFalse(self.sheet.document_ids)
        self.assertEqual(self.sheet.version, 1)
        [report, form] = self.sheet.message_ids[:2].mapped("body")
        for message in (report, form):
            self.assertIn("could not be kept as PDF", message)
            self.assertIn("无打印", message)

    def test_a_conflict_with_somebody_else_is_not_taken_for_a_printer_that_fails(self):
        """Neither while the form is written, nor while its paper is laid out: it is retried."""
        self.reporter.action_hand_over()
        with self.env.cr.savepoint(), self.assertRaises(SerializationFailure):
            with self.patch_layout(side_effect=SerializationFailure):
                self.leader.action_submit(SIGNATURE)
        with self.env.cr.savepoint(), self.assertRaises(SerializationFailure):
            self.env.cr.precommit.add(self.collide)
            self.leader.action_submit(SIGNATURE)

    def collide(self):
        raise SerializationFailure

    def test_a_refused_submission_leaves_no_version(self):
        self.reporter.action_hand_over()
        with freeze_time("2099-12-20"):
            self.assertRefused("extension", self.leader.action_submit, SIGNATURE)
        self.assertFalse(self.sheet.version)
