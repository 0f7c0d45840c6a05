"""How the assessment group grades on site, and whom it must not grade (回避)."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import SIGNATURE, BureauCase


@tagged("post_install", "-at_install")
class TestSurvey(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.sheet = cls.get_form(cls.cycle, "利州", "survey")
        cls.sheet.assessor_ids = cls.users["assessor"]

    def setUp(self):
        super().setUp()
        self.assessor = self.as_role("assessor", self.sheet)
        self.head = self.as_role("head", self.sheet)
        self.grades = {grade.code: grade.id for grade in self.cycle.rubric_id.grade_ids}

    def submit(self):
        self.fill(self.sheet.assessment_id, "A" * 16)
        self.sheet.assessment_id.state = "submitted"

    def test_it_opens_once_the_unit_has_submitted(self):
        mark = {"grade_id": self.grades["B"]}
        self.assertRefused("not submitted", self.assessor.line_ids[0].write, mark)
        self.submit()
        self.assessor.line_ids[0].write(mark)
        self.assertPoints(self.sheet.line_ids[0].score, 1.6)

    def test_it_opens_for_a_unit_recorded_as_not_filed(self):
        self.sheet.assessment_id.state = "unfiled"
        self.assessor.line_ids[0].grade_id = self.grades["C"]
        self.assertPoints(self.sheet.line_ids[0].score, 1.2)

    def test_the_head_assigns_and_nobody_assesses_the_own_unit(self):
        self.head.assessor_ids = [Command.clear()]
        self.own_unit.member_ids += self.users["assessor"]
        link = {"assessor_ids": [Command.link(self.users["assessor"].id)]}
        self.assertRefused("cannot assess", self.head.write, link)

    def test_whoever_joins_the_unit_later_loses_sight_of_its_survey(self):
        self.submit()
        self.own_unit.member_ids += self.users["assessor"]
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.assessor.line_ids.mapped("score")

    def test_reporters_and_leaders_are_members(self):
        reporters = self.env.ref("it_kpi_assessment.group_reporter")
        self.users["assessor"].group_ids += reporters
        self.own_unit.reporter_ids += self.users["assessor"]
        self.assertIn(self.users["assessor"], self.own_unit.member_ids)
        self.own_unit.member_ids -= self.users["assessor"]
        self.assertIn(self.users["assessor"], self.own_unit.member_ids)

    def test_confirming_needs_every_mark_a_date_and_assessors(self):
        def confirm():
            self.head.action_confirm(SIGNATURE)

        self.assertRefused("has not submitted", confirm)
        self.submit()
        self.sheet.assessor_ids = False
        self.assertRefused("Assign assessors", confirm)
        self.sheet.assessor_ids = self.users["assessor"]
        self.assertRefused("on which day", confirm)
        self.assessor.visit_date = "2099-11-20"
        self.assertRefused("领导重视程度", confirm)
        self.fill(self.sheet, "B" * 16)
        with self.assertRaises(AccessError):
            self.assessor.action_confirm(SIGNATURE)
        self.confirm(self.sheet)
        self.assertEqual(self.sheet.state, "confirmed")
        self.assertEqual(self.sheet.confirmed_by_id, self.users["head"])
        self.assertRefused("locked", self.assessor.line_ids[0].write, {"remark": "改"})

    def test_a_grade_far_from_the_units_own_needs_a_reason(self):
        self.submit()
        self.fill(self.sheet, "B" * 16)
        self.sheet.line_ids[0].grade_id = self.grades["C"]
        self.sheet.line_ids[4].write({"grade_id": self.grades["D"], "remark": " "})
        self.sheet.visit_date = "2099-11-20"
        with self.assertRaises(UserError) as caught:
            self.head.action_confirm(SIGNATURE)
        named = str(caught.exception).split("\n")[2:]
        lines = self.sheet.line_ids[0] | self.sheet.line_ids[4]
        for sentence, label in zip(named[:2], lines.mapped("indicator_label"), strict=True):
            self.assertIn(f"“{label}” lies two or more grades", sentence)
        self.assertEqual(len(named), 3, "and who has not signed")
        self.assertEqual(self.sheet.state, "draft")
        self.assessor.line_ids[0].remark = "会议记录只有一次"
        self.assessor.line_ids[4].remark = "项目停工"
        self.confirm(self.sheet)
        self.assertEqual(self.sheet.state, "confirmed")

    def test_a_better_grade_far_from_the_units_own_needs_a_reason_too(self):
        self.submit()
        self.fill(self.sheet, "B" * 16)
        self.sheet.assessment_id.line_ids[2].grade_id = self.grades["D"]
        self.assertEqual(self.sheet.line_ids[2].grade_gap, -2)
        self.assertRefused("规章制度", self.confirm, self.sheet)

    def test_a_gap_that_opens_under_a_confirmed_survey_blocks_the_publication(self):
        """The unit is returned a line, and grades itself otherwise than the group has seen."""
        self.submit()
        self.fill(self.sheet, "B" * 16)
        self.confirm(self.sheet)
        form = self.sheet.assessment_id
        line = form.line_ids[2]
        for mark, is_refused in (("C", False), ("D", True)):
            self.as_role("division", form).action_return({line.id: "依据不足"})
            self.as_role("reporter", line).grade_id = self.grades[mark]
            self.as_role("reporter", form).action_hand_over()
            self.as_role("leader", form).action_submit(SIGNATURE)
            problems = "".join(self.cycle._get_obstacles())
            self.assertEqual("利州区交通运输局 survey was confirmed before" in problems, is_refused)
        self.head.action_reopen("说明理由")
        self.as_role("assessor", self.sheet.line_ids[2]).remark = "台账齐全"
        self.confirm(self.sheet)
        self.assertNotIn("was confirmed before", "".join(self.cycle._get_obstacles()))

    def test_no_gap_without_two_grades(self):
        self.submit()
        self.fill(self.sheet, "N" + "B" * 15)
        self.sheet.assessment_id.line_ids[1].write({"not_applicable": True})
        self.sheet.line_ids[1].grade_id = self.grades["D"]
        self.confirm(self.sheet)
        self.assertEqual(self.sheet.state, "confirmed")

    def test_no_gap_to_a_form_that_was_never_filed(self):
        self.submit()
        self.sheet.assessment_id.state = "unfiled"
        self.fill(self.sheet, "D" * 16)
        self.confirm(self.sheet)
        self.assertEqual(self.sheet.state, "confirmed")

    def test_reopening_needs_a_reason_and_voids_the_confirmation(self):
        self.submit()
        self.fill(self.sheet, "B" * 16)
        self.confirm(self.sheet)
        self.assertRefused("reason", self.head.action_reopen, "")
        self.head.action_reopen("第3项记录有误")
        self.assertEqual(self.sheet.state, "draft")
        self.assertFalse(self.sheet.confirmed_by_id)
        self.assertIn("第3项记录有误", str(self.sheet.message_ids[:2].mapped("body")))

    def test_the_head_runs_the_surveys_but_not_that_of_the_own_unit(self):
        self.submit()
        self.fill(self.sheet, "B" * 16)
        self.own_unit.member_ids += self.users["head"]
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.head.action_confirm(SIGNATURE)
        self.assertEqual(self.sheet.state, "draft")

    def test_the_head_and_the_division_change_no_mark(self):
        self.submit()
        mark = {"grade_id": self.grades["A"]}
        for role in ("head", "division"):
            with self.subTest(role):
                line = self.as_role(role, self.sheet.line_ids[0])
                self.assertRefused("Only assessors", line.write, mark)
        with self.assertRaises(AccessError):
            self.as_role("leadership", self.sheet.line_ids[0]).write(mark)
