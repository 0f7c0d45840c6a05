"""How a unit fills, signs and submits its self-assessment, and what the division may do."""

from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..helpers.common import SIGNATURE, BureauCase


@tagged("post_install", "-at_install")
class TestAssessment(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.sheet = cls.get_form(cls.cycle, "利州")

    def setUp(self):
        super().setUp()
        self.reporter = self.as_role("reporter", self.sheet)
        self.leader = self.as_role("leader", self.sheet)
        self.division = self.as_role("division", self.sheet)
        self.grades = {grade.code: grade.id for grade in self.cycle.rubric_id.grade_ids}

    def submit(self):
        self.fill(self.sheet, "A" * 16)
        self.reporter.action_hand_over()
        self.leader.action_submit(SIGNATURE)

    def test_marking_a_line_scores_it_and_counts_as_progress(self):
        line = self.reporter.line_ids[3]
        line.grade_id = self.grades["B"]
        self.assertPoints(line.score, 3.2)
        self.assertEqual(self.reporter.progress, "1 / 16")
        self.assertPoints(self.reporter.graded_total, 3.2)
        self.assertEqual(self.reporter.total, 0, "the final score is known on publication only")

    def test_a_filed_form_stores_what_its_lines_earn(self):
        self.submit()
        self.assertPoints(self.sheet.filed_total, 100)
        self.division.action_return({str(self.sheet.line_ids[0].id): "请核实"})
        self.assertEqual(self.sheet.filed_total, 0, "it is open again")

    def test_marking_writes_the_line_and_not_the_form(self):
        """Otherwise two people who mark lines of one form would wait for each other."""
        self.env.flush_all()
        with patch.object(type(self.sheet), "_write_multi", side_effect=AssertionError):
            self.reporter.line_ids[0].grade_id = self.grades["A"]
            self.env.flush_all()

    def test_a_new_mark_replaces_the_old_one(self):
        line = self.reporter.line_ids[0]
        line.grade_id = self.grades["A"]
        line.not_applicable = True
        self.assertFalse(line.grade_id)
        self.assertPoints(line.score, 0)
        line.grade_id = self.grades["C"]
        self.assertFalse(line.not_applicable)
        self.assertPoints(line.score, 1.2)

    def test_two_marks_at_once_are_refused_and_the_old_mark_stays(self):
        line = self.reporter.line_ids[0]
        line.grade_id = self.grades["A"]
        both = {"grade_id": self.grades["B"], "not_applicable": True}
        self.assertRefused("not both", line.write, both)
        self.assertEqual(line.grade_id.code, "A")

    def test_a_grade_of_another_rubric_is_refused(self):
        foreign = self.rubric.grade_ids[0]
        line = self.reporter.line_ids[0]
        self.assertRefused("another rubric", line.write, {"grade_id": foreign.id})

    def test_the_form_view_marks_lines(self):
        with Form(self.reporter) as form, form.line_ids.edit(0) as line:
            line.grade_id = self.cycle.rubric_id.grade_ids[0].with_user(self.users["reporter"])
            line.explanation = "有台账"
        self.assertEqual(self.sheet.line_ids[0].grade_id.code, "A")

    def test_hand_over_sign_submit(self):
        self.fill(self.sheet, "A" * 15 + "N")
        self.reporter.action_hand_over()
        self.assertEqual(self.sheet.state, "to_sign")
        self.assertRefused("signature", self.leader.action_submit, False)
        self.leader.action_submit(SIGNATURE)
        self.assertEqual(self.sheet.state, "submitted")
        self.assertEqual(self.sheet.signed_by_id, self.users["leader"])
        self.assertTrue(self.sheet.signature)

    def test_unmarked_or_unexplained_lines_are_named(self):
        self.fill(self.sheet, "A" * 15)
        self.assertRefused("信息化工作创新情况", self.reporter.action_hand_over)
        self.fill(self.sheet, "A" * 16, explanation=" ")
        self.assertRefused("领导重视程度", self.reporter.action_hand_over)
        self.assertEqual(self.sheet.state, "draft")

    def test_a_reporter_cannot_sign_and_strangers_can_do_nothing(self):
        self.fill(self.sheet, "A" * 16)
        self.reporter.action_hand_over()
        with self.assertRaises(AccessError):
            self.reporter.action_submit(SIGNATURE)
        stranger = self.new_user("leader", "stranger")
        with self.assertRaises(AccessError):
            self.sheet.with_user(stranger).action_submit(SIGNATURE)
        with self.assertRaises(AccessError):
            self.division.action_submit(SIGNATURE)
        self.assertEqual(self.sheet.state, "to_sign")

    def test_what_waits_for_a_signature_is_locked_until_the_leader_hands_it_back(self):
        self.fill(self.sheet, "A" * 16)
        self.reporter.action_hand_over()
        line = self.reporter.line_ids[0]
        self.assertRefused("locked", line.write, {"remark": "改"})
        self.assertRefused("reason", self.leader.action_take_back, " ")
        self.leader.action_take_back("数据不实")
        line.remark = "改"
        self.assertEqual(self.sheet.state, "draft")
        self.assertIn("数据不实", self.sheet.message_ids[0].body)

    def test_after_submission_nothing_can_be_handed_back_or_changed(self):
        self.submit()
        self.assertRefused("possible only from", self.leader.action_take_back, "再看看")
        self.assertRefused("locked", self.leader.line_ids[0].write, {"remark": "改"})

    def test_late_is_refused_and_what_was_filled_stays(self):
        self.fill(self.sheet, "A" * 16)
        self.reporter.action_hand_over()
        with freeze_time("2099-12-15 16:00:00"):
            self.assertRefused("extension", self.leader.action_submit, SIGNATURE)
        self.assertEqual(self.sheet.progress, "16 / 16")
        with freeze_time("2099-12-15 15:59:59"):
            self.leader.action_submit(SIGNATURE)

    def test_an_extension_lets_one_form_in(self):
        self.fill(self.sheet, "A" * 16)
        self.reporter.action_hand_over()
        with freeze_time("2099-12-16 01:00:00"):
            late = datetime(2099, 12, 17)
            self.assertRefused("reason", self.division.action_extend, late, "")
            self.assertRefused("future", self.division.action_extend, "2099-12-01 00:00:00", "病假")
            self.assertRefused("division", self.leader.action_extend, late, "自己延期")
            self.division.action_extend(late, "系统故障")
            self.sheet.invalidate_recordset()
            self.leader.action_submit(SIGNATURE)
        self.assertEqual(self.sheet.state, "submitted")
        # The last two entries tell of the signature and of its papers.
        self.assertIn("系统故障", self.sheet.message_ids[2].body)

    def test_returning_unlocks_only_the_lines_named_and_voids_the_signature(self):
        self.submit()
        first, second = self.sheet.line_ids[:2]
        self.assertRefused("reason", self.division.action_return, {first.id: ""})
        self.assertRefused("Choose the lines", self.division.action_return, {})
        self.division.action_return({str(first.id): "缺少文件"})
        self.assertEqual(self.sheet.state, "returned")
        self.assertFalse(self.sheet.signature)
        self.assertEqual(first.return_reason, "缺少文件")
        self.assertRefused(
            "only the returned", second.with_user(self.users["reporter"]).write, {"remark": "改"}
        )
        first.with_user(self.users["reporter"]).grade_id = self.grades["B"]
        self.reporter.action_hand_over()
        self.leader.action_take_back("还差一份文件")
        self.assertEqual(self.sheet.state, "returned", "only the returned lines stay unlocked")
        self.reporter.action_hand_over()
        self.leader.action_submit(SIGNATURE)
        self.assertFalse(any(self.sheet.line_ids.mapped("returned")))

    def test_returning_after_the_deadline_says_until_when(self):
        self.submit()
        line = self.sheet.line_ids[0]
        with freeze_time("2099-12-20"):
            self.assertRefused("until when", self.division.action_return, {line.id: "缺少文件"})
            self.division.action_return({line.id: "缺少文件"}, "2099-12-24 10:00:00")
        self.assertEqual(self.sheet.extended_until, datetime(2099, 12, 24, 10))

    def test_not_filed_is_recorded_with_a_reason(self):
        self.pass_deadline(self.cycle)
        self.assertRefused("reason", self.division.action_record_unfiled, "")
        self.division.action_record_unfiled("催报两次未报")
        self.assertEqual(self.sheet.state, "unfiled")
        self.assertIn("催报两次未报", self.sheet.message_ids[0].body)
        self.assertRefused("locked", self.reporter.line_ids[0].write, {"remark": "改"})

    def test_not_filed_can_be_withdrawn(self):
        self.pass_deadline(self.cycle)
        self.division.action_record_unfiled("误记")
        self.assertRefused("reason", self.division.action_withdraw_unfiled, "")
        self.division.action_withdraw_unfiled("单位尚在填报")
        self.assertEqual(self.sheet.state, "draft")
        self.assertFalse(self.sheet.unfiled_reason)
        self.reporter.line_ids[0].remark = "改"

    def test_an_extension_is_later_than_the_deadline_and_for_forms_not_filed(self):
        self.assertRefused("later", self.division.action_extend, "2099-12-01 00:00:00", "病假")
        self.assertRefused("no date", self.division.action_extend, "soon", "病假")
        self.submit()
        late = "2099-12-31 00:00:00"
        self.assertRefused("nothing to extend", self.division.action_extend, late, "病假")

    def test_a_later_deadline_of_the_year_outlasts_an_extension(self):
        self.division.action_extend("2099-12-20 00:00:00", "病假")
        self.as_role("division", self.cycle).action_move_deadline("2099-12-25 00:00:00", "系统检修")
        self.assertEqual(self.sheet.deadline, datetime(2099, 12, 25))

    def test_the_division_changes_no_grade(self):
        mark = {"grade_id": self.grades["A"]}
        self.assertRefused("Only reporters", self.division.line_ids[0].write, mark)
        self.assertFalse(self.sheet.line_ids[0].grade_id)

    def test_states_and_signatures_are_not_written_by_hand(self):
        for vals in ({"state": "submitted"}, {"signature": SIGNATURE}, {"signed_by_id": 2}):
            self.assertRefused("by hand", self.leader.write, vals)
        line = self.leader.line_ids[0]
        for vals in ({"score": 99}, {"returned": True}, {"indicator_id": 1}):
            self.assertRefused("by hand", line.write, vals)

    def test_buttons_follow_the_table_of_moves(self):
        self.assertEqual(self.reporter.allowed_moves, ",hand_over,")
        self.assertEqual(self.division.allowed_moves, ",withdraw,")
        self.submit()
        self.sheet.invalidate_recordset()
        self.assertFalse(self.leader.allowed_moves)
        self.assertEqual(self.division.allowed_moves, ",return,withdraw,")

    def test_every_move_stands_in_the_log(self):
        self.submit()
        log = "\n".join(self.sheet.message_ids.mapped("body"))
        for words in ("Hand over", "Sign and submit", "To Sign", "Submitted"):
            self.assertIn(words, log)
        self.assertEqual(self.sheet.message_ids[0].author_id, self.users["leader"].partner_id)
