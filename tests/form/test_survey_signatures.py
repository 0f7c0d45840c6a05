"""考核小组签字: who signs a survey and when, what voids a signature, and what is kept of it."""

import hashlib
import io

from psycopg2.errors import UniqueViolation
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..helpers.common import SIGNATURE, BureauCase
from ..helpers.printing import draw_signature, print_papers, squeeze

PDF = b"%PDF-1.4 what was signed"


class SigningCase(BureauCase):
    """The survey of 利州, marked and visited by two assessors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["second"] = cls.new_user("assessor", "test_second")
        cls.users["third"] = cls.new_user("assessor", "test_third")
        cls.cycle = cls.open_cycle()
        cls.fill(cls.get_form(cls.cycle, "利州"), "A" * 16)
        cls.get_form(cls.cycle, "利州").state = "submitted"
        cls.sheet = cls.get_form(cls.cycle, "利州", "survey")
        cls.sheet.assessor_ids = cls.users["assessor"] | cls.users["second"]
        cls.fill(cls.sheet, "B" * 16)
        cls.sheet.visit_date = "2099-11-20"

    def setUp(self):
        super().setUp()
        self.assessor = self.as_role("assessor", self.sheet)
        self.second = self.as_role("second", self.sheet)
        self.head = self.as_role("head", self.sheet)

    def signers(self):
        return set(self.sheet.signature_ids.user_id.mapped("login"))

    def last_logs(self, count=1):
        self.env.invalidate_all()
        return " ".join(self.sheet.message_ids[:count].mapped("body"))


@tagged("post_install", "-at_install")
class TestSigning(SigningCase):
    def test_every_assessor_signs_then_the_head_confirms(self):
        self.assessor.action_sign(SIGNATURE)
        self.assertEqual(self.sheet.unsigned_ids, self.users["second"])
        self.second.action_sign(SIGNATURE)
        self.assertFalse(self.sheet.unsigned_ids)
        self.head.action_confirm(SIGNATURE)
        self.assertEqual(self.sheet.state, "confirmed")
        self.assertEqual(self.signers(), {"test_assessor", "test_second", "test_head"})
        first = self.sheet.signature_ids[0]
        self.assertEqual((first.user_id, first.is_head), (self.users["head"], True))
        self.assertTrue(all(self.sheet.signature_ids.mapped("signature")))

    def test_the_name_is_that_at_the_time_of_signing(self):
        self.users["assessor"].name = "张伟"
        self.assessor.action_sign(SIGNATURE)
        self.users["assessor"].name = "张大伟"
        self.assertEqual(self.sheet.signature_ids.name, "张伟")

    def test_the_head_cannot_confirm_before_all_have_signed(self):
        self.users["second"].name = "谢大川"
        self.assessor.action_sign(SIGNATURE)
        self.assertRefused("not signed by: 谢大川", self.head.action_confirm, SIGNATURE)
        self.assertEqual(self.sheet.state, "draft")

    def test_who_is_ill_is_unassigned_and_the_log_says_so(self):
        self.users["second"].name = "谢大川"
        self.assessor.action_sign(SIGNATURE)
        leave = {"assessor_ids": [Command.unlink(self.users["second"].id)]}
        self.assertRefused("with a reason", self.head.write, leave)
        self.assertRefused("reason", self.head.action_reassign, self.users["assessor"].ids, "")
        self.head.action_reassign(self.users["assessor"].ids, "谢大川病假")
        self.assertIn("No longer assigned: 谢大川", self.last_logs(2))
        self.assertIn("谢大川病假", self.last_logs())
        self.assertEqual(self.sheet.message_ids[0].author_id, self.users["head"].partner_id)
        self.head.action_confirm(SIGNATURE)
        self.assertEqual(self.signers(), {"test_assessor", "test_head"})

    def test_signing_demands_what_confirming_demands(self):
        line = self.sheet.line_ids[4]
        grades = {grade.code: grade for grade in self.sheet.rubric_id.grade_ids}
        for incomplete, complete, text in (
            ({"grade_id": False}, {"grade_id": grades["B"].id}, line.indicator_label),
            ({"grade_id": grades["C"].id}, {"remark": "停工四十天"}, "two or more grades"),
        ):
            line.write(incomplete)
            for method in (self.assessor.action_sign, self.head.action_confirm):
                self.assertRefused(text, method, SIGNATURE)
            line.write(complete)
        self.sheet.visit_date = False
        self.assertRefused("on which day", self.assessor.action_sign, SIGNATURE)
        self.sheet.visit_date = "2099-11-20"
        self.sheet.assessment_id.state = "returned"
        self.assertRefused("has not submitted", self.assessor.action_sign, SIGNATURE)
        self.sheet.assessment_id.state = "submitted"
        self.cycle.state = "review"
        self.assertRefused("neither be filled", self.assessor.action_sign, SIGNATURE)
        self.assertFalse(self.sheet.signature_ids)

    def test_a_signature_is_drawn(self):
        self.sign(self.sheet)
        self.assertRefused("Draw your signature", self.head.action_confirm, "")
        self.sheet.signature_ids.unlink()
        for signature in ("", False):
            self.assertRefused("Draw your signature", self.assessor.action_sign, signature)
        with self.assertRaises(UserError):
            self.assessor.action_sign("bm8gcGljdHVyZQ==")

    def test_everybody_signs_once_and_only_who_is_assigned(self):
        self.assessor.action_sign(SIGNATURE)
        self.assertRefused("already", self.assessor.action_sign, SIGNATURE)
        for role in ("third", "head", "division", "leadership", "reporter"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(role, self.sheet).action_sign(SIGNATURE)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.put_signature(self.sheet, "assessor")

    def test_nobody_writes_a_signature_by_hand(self):
        self.assessor.action_sign(SIGNATURE)
        vals = {"form_id": self.sheet.id, "user_id": self.users["second"].id, "name": "谢"}
        for role in ("assessor", "second", "head", "division"):
            rows = self.as_role(role, self.sheet).signature_ids
            for act in (
                lambda rows=rows: rows.write({"user_id": self.env.uid}),
                lambda rows=rows: rows.unlink(),
                lambda rows=rows: rows.create({**vals, "signed_at": "2099-11-20"}),
            ):
                with self.subTest(role), self.assertRaises(AccessError):
                    act()
        own = self.assessor.signature_ids.id
        self.assertRefused(
            "cannot be changed by hand",
            self.assessor.write,
            {"signature_ids": [Command.update(own, {"user_id": self.users["second"].id})]},
        )

    def test_an_assessor_withdraws_the_own_signature_before_confirmation(self):
        self.sign(self.sheet)
        self.assessor.action_withdraw_signature()
        self.assertEqual(self.signers(), {"test_second"})
        self.assertIn("Withdraw", self.last_logs())
        self.assertRefused("have not signed", self.assessor.action_withdraw_signature)
        self.confirm_rest()
        self.assertRefused("Confirmed", self.assessor.action_withdraw_signature)

    def confirm_rest(self):
        self.assessor.action_sign(SIGNATURE)
        self.head.action_confirm(SIGNATURE)

    def test_buttons_follow_what_can_be_done(self):
        self.assertEqual(self.assessor.allowed_moves, ",sign,")
        self.assertEqual(self.head.allowed_moves, ",confirm,reassign,")
        self.assessor.action_sign(SIGNATURE)
        self.assertEqual(self.assessor.allowed_moves, ",withdraw_signature,")
        self.assertFalse(self.as_role("division", self.sheet).allowed_moves)

    def test_a_head_who_is_an_assessor_signs_once(self):
        self.users["head"].group_ids += self.env.ref("it_kpi_assessment.group_assessor")
        self.sheet.assessor_ids += self.users["head"]
        self.sign_as("assessor", "second", "head")
        self.head.action_confirm(SIGNATURE)
        own = self.sheet.signature_ids.filtered(lambda row: row.user_id == self.users["head"])
        self.assertEqual(own.mapped("is_head"), [True])

    def test_a_head_who_is_an_assessor_may_sign_by_confirming(self):
        self.users["head"].group_ids += self.env.ref("it_kpi_assessment.group_assessor")
        self.sheet.assessor_ids += self.users["head"]
        self.sign_as("assessor", "second")
        self.head.action_confirm(SIGNATURE)
        self.assertEqual(self.sheet.state, "confirmed")

    def sign_as(self, *roles):
        for role in roles:
            self.as_role(role, self.sheet).action_sign(SIGNATURE)

    def test_nobody_signs_for_the_own_unit(self):
        """回避: a signer who joins the unit cannot stay in the group, and no head confirms."""
        self.sign(self.sheet)
        self.own_unit.member_ids += self.users["second"]
        self.assertRefused("cannot assess", self.head.action_confirm, SIGNATURE)
        with self.assertRaises(AccessError):
            self.second.action_withdraw_signature()
        self.head.action_reassign(self.users["assessor"].ids, "回避")
        self.own_unit.member_ids += self.users["head"]
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.head.action_confirm(SIGNATURE)

    def test_the_dialogs_sign_and_confirm(self):
        for role, act in (("assessor", "sign"), ("second", "sign"), ("head", "confirm")):
            dialogs = self.env["it.kpi.survey.sign.wizard"].with_user(self.users[role])
            form = Form(dialogs.with_context(active_id=self.sheet.id, default_act=act))
            self.assertRefused("Draw your signature", form.save().action_confirm)
            form.signature = SIGNATURE
            dialog = form.save()
            dialog.action_confirm()
            self.assertFalse(dialog.signature, "the signature stays below the survey only")
        self.assertEqual(self.sheet.state, "confirmed")

    def test_the_dialogs_say_what_is_missing_before_anything_is_drawn(self):
        dialogs = self.env["it.kpi.survey.sign.wizard"].with_context(active_id=self.sheet.id)
        self.sheet.line_ids[0].grade_id = False
        for role, act in (("assessor", "sign"), ("head", "confirm")):
            dialog = Form(dialogs.with_user(self.users[role]).with_context(default_act=act))
            texts = [finding["text"] for finding in dialog.findings]
            with self.subTest(role=role):
                self.assertIn("has no mark", texts[0])
                self.assertEqual(dialog.ready_count, 0)
                dialog = dialog.save()
                dialog.signature = SIGNATURE
                self.assertRefused("has no mark", dialog.action_confirm)
        stranger = dialogs.with_user(self.users["leader"]).with_context(default_act="sign")
        self.assertRefused("access", stranger.default_get, ["form_ids", "act"])

    def test_forms_of_a_unit_are_told_apart(self):
        names = (self.sheet.display_name, self.sheet.assessment_id.display_name)
        self.assertEqual(
            names,
            (
                f"{self.cycle.display_name} 利州区交通运输局 survey",
                f"{self.cycle.display_name} 利州区交通运输局 self-assessment",
            ),
        )


@tagged("post_install", "-at_install")
class TestVoiding(SigningCase):
    """No signature is kept below what its signer did not see."""

    def setUp(self):
        super().setUp()
        self.users["assessor"].name, self.users["second"].name = "张伟", "谢大川"
        self.line = self.assessor.line_ids[2]

    def test_a_change_voids_all_signatures_and_the_log_says_whose(self):
        label = self.line.indicator_label
        grade = self.sheet.rubric_id.grade_ids[0]
        for vals, changed in (
            ({"grade_id": grade.id}, label),
            ({"not_applicable": True}, label),
            ({"remark": "台账不全"}, label),
            ({"attachment_ids": [Command.create({"name": "照片.txt", "raw": b"1"})]}, label),
            ({"attachment_ids": [Command.clear()]}, label),
        ):
            with self.subTest(vals=vals):
                self.check_voided(lambda vals=vals: self.line.write(vals), changed)
        self.check_voided(lambda: self.assessor.write({"visit_date": "2099-11-21"}), "Visited On")
        nested = {"line_ids": [Command.update(self.line.id, {"remark": "改"})]}
        self.check_voided(lambda: self.assessor.write(nested), label)

    def check_voided(self, change, changed):
        self.sign(self.sheet)
        self.assertEqual(self.signers(), {"test_assessor", "test_second"})
        change()
        self.assertFalse(self.sheet.signature_ids)
        log = self.last_logs()
        for text in (changed, "张伟", "谢大川", "void"):
            self.assertIn(text, log)
        author = self.sheet.message_ids[0].author_id
        self.assertEqual(author, self.users["assessor"].partner_id)
        self.assertRefused("not signed by", self.head.action_confirm, SIGNATURE)

    def test_an_evidence_file_that_changes_voids_them_too(self):
        self.line.attachment_ids = [Command.create({"name": "照片.txt", "raw": b"1"})]
        file = self.line.attachment_ids
        label = self.line.indicator_label
        self.check_voided(lambda: file.write({"raw": b"2"}), label)
        self.check_voided(lambda: file.unlink(), label)

    def test_what_does_not_change_voids_nothing(self):
        self.sign(self.sheet)
        before = len(self.sheet.message_ids)
        self.line.write({"grade_id": self.line.grade_id.id, "remark": False})
        self.assessor.write({"visit_date": "2099-11-20"})
        self.assertEqual(self.signers(), {"test_assessor", "test_second"})
        self.assertEqual(len(self.sheet.message_ids), before)

    def test_a_removed_assessor_takes_the_signature_along_an_added_one_must_sign(self):
        self.users["third"].name = "何静"
        self.sign(self.sheet)
        ids = (self.users["assessor"] | self.users["third"]).ids
        self.head.action_reassign(ids, "工作调整")
        self.assertEqual(self.signers(), {"test_assessor"})
        self.assertEqual(self.sheet.unsigned_ids, self.users["third"])
        logs = self.last_logs(3)
        for text in ("Assigned: 何静", "No longer assigned: 谢大川", "void by it: 谢大川"):
            self.assertIn(text, logs)

    def test_reopening_voids_all_signatures(self):
        self.confirm(self.sheet)
        self.head.action_reopen("第3项记录有误")
        self.assertFalse(self.sheet.signature_ids)
        logs = self.last_logs(2)
        for text in ("第3项记录有误", "Reopened", "张伟", "谢大川"):
            self.assertIn(text, logs)
        self.assertRefused("not signed by", self.head.action_confirm, SIGNATURE)
        self.confirm(self.sheet)

    def test_a_missing_right_to_fill_voids_nothing(self):
        self.sign(self.sheet)
        self.assertRefused("Only assessors", self.head.line_ids[0].write, {"remark": "改"})
        self.assertEqual(self.signers(), {"test_assessor", "test_second"})


@tagged("post_install", "-at_install")
class TestSignedVersions(SigningCase):
    def confirm_printing(self, content=PDF):
        self.confirm(self.sheet)
        print_papers(self.env, content)
        return self.sheet.document_ids

    def test_a_confirmation_really_prints_the_signed_form(self):
        self.sign(self.sheet)
        context = {"bin_size": True, "default_public": True}
        self.head.with_context(**context).action_confirm(draw_signature())
        print_papers(self.env)
        file = self.sheet.document_ids
        self.assertEqual(
            file.name, "2099年度信息化绩效实地调查考核评价表（利州区交通运输局）（第1版）.pdf"
        )
        [page] = PdfReader(io.BytesIO(file.raw)).pages
        self.assertIn("附件3", squeeze(page.extract_text()))
        self.assertIn("（组长）", page.extract_text())
        self.assertTrue(page.images)
        drawn = self.env["ir.attachment"].search(
            [("res_model", "=", "it.kpi.survey.signature"), ("res_field", "=", "signature")]
        )
        self.assertEqual(len(drawn), 3)
        self.assertFalse(any((drawn | file).mapped("public")))

    def test_a_reopened_survey_keeps_its_signed_versions(self):
        first = self.confirm_printing()
        self.assertIn(hashlib.sha256(PDF).hexdigest(), self.last_logs())
        self.head.action_reopen("记录有误")
        self.assertEqual(self.sheet.document_ids, first)
        both = self.confirm_printing(PDF + b" again")
        self.assertEqual(first.raw, PDF)
        self.assertEqual(len(both), 2)
        self.assertEqual(self.sheet.version, 2)

    def test_nobody_changes_or_deletes_a_version(self):
        file = self.confirm_printing()
        self.users["admin"] = self.env.ref("base.user_admin")
        for role in ("assessor", "head", "division", "admin"):
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

    def test_who_reads_the_survey_reads_its_versions(self):
        file = self.confirm_printing()
        for role in ("assessor", "second", "head", "division", "leadership"):
            self.assertEqual(file.with_user(self.users[role]).raw, PDF)
        for role in ("reporter", "leader", "third"):
            with self.assertRaises(AccessError):
                _content = file.with_user(self.users[role]).raw
        self.cycle.state = "published"
        self.env.invalidate_all()
        self.assertEqual(file.with_user(self.users["reporter"]).raw, PDF)
