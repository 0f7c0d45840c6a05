"""考前试评: two forms of last year without names, graded by all, counting for nothing."""

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..helpers.common import EXAMPLE
from .calibrating import CalibrationCase


@tagged("post_install", "-at_install")
class TestCalibration(CalibrationCase):
    def names(self, calibration):
        results = calibration.sudo()._get_results()
        return results.unit_id.mapped("short_name")

    def test_the_forms_with_the_most_different_marks_are_proposed(self):
        """Of the worked example 昭化 and 旺苍 have A, B, C and N; 昭化 has fewer of one kind."""
        calibration = self.prepare()
        self.assertEqual(self.names(calibration), ["昭化", "旺苍"])
        self.assertEqual(calibration.year, self.year.year + 1)

    def test_it_is_for_the_year_that_comes_also_after_one_that_was_left_out(self):
        self.open_cycle(year=self.year.year - 1)
        self.assertEqual(self.prepare().year, self.year.year + 1)
        self.env["it.kpi.calibration"].search([]).unlink()
        self.open_cycle(year=self.year.year + 2)
        self.assertEqual(self.prepare().year, self.year.year + 2)

    def test_a_unit_that_a_grader_belongs_to_is_proposed_last(self):
        self.get_unit("昭化").member_ids = self.second
        self.assertEqual(self.names(self.prepare()), ["旺苍", "朝天"])

    def test_a_round_needs_two_forms_with_a_self_assessment(self):
        calibration = self.prepare()
        calibration.second_result_id = calibration.first_result_id
        with self.assertRaisesRegex(UserError, "two forms"):
            calibration.action_open()
        unfiled = self.publication.result_ids.filtered("unfiled")
        calibration.second_result_id = unfiled
        with self.assertRaisesRegex(UserError, unfiled.unit_name):
            calibration.action_open()

    def test_only_a_result_in_force_is_graded(self):
        """Neither one that is being revised, nor the one that the revision took the place of."""
        calibration = self.prepare()
        division = self.as_role("division", self.year)
        division.action_revise("申诉成立")
        with self.assertRaisesRegex(UserError, "Choose the current result"):
            calibration.action_open()
        line = self.get_form(self.year, "朝天", "survey").line_ids[0]
        line.grade_id = (self.year.rubric_id.grade_ids - line.grade_id)[0]
        self.approve(self.year)
        division.action_publish()
        self.env.invalidate_all()
        self.assertNotEqual(self.year.publication_id, self.publication)
        with self.assertRaisesRegex(UserError, "Choose the current result"):
            calibration.action_open()
        calibration.publication_id = self.year.publication_id
        calibration.action_open()
        self.assertEqual(calibration.state, "open")

    def test_forms_of_another_year_are_refused(self):
        calibration = self.prepare()
        other = self.open_cycle(year=2098)
        self.file_forms(other, EXAMPLE)
        result = self.publish(other).result_ids[:1]
        with self.assertRaisesRegex(ValidationError, "the result named above"):
            calibration.first_result_id = result

    def test_there_is_one_round_for_a_year(self):
        self.prepare()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.prepare()

    def test_only_the_division_makes_opens_and_closes_it(self):
        for role in ("assessor", "head", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["it.kpi.calibration"].with_user(self.users[role]).create({})
        calibration = self.open()
        for role in ("head", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_role(role, calibration).action_close()
        calibration.action_close()
        self.assertEqual(calibration.state, "closed")

    def test_everybody_who_grades_gets_a_sheet_of_each_form(self):
        calibration = self.open()
        graders = self.users["assessor"] | self.second | self.third | self.users["head"]
        self.assertEqual(calibration.sheet_ids.user_id, graders)
        self.assertEqual(len(calibration.sheet_ids), 2 * len(graders))
        self.assertEqual(calibration.handed_in, f"0 / {2 * len(graders)}")
        self.assertEqual(len(self.get_sheet(calibration, self.third).line_ids), 16)

    def test_members_of_the_unit_get_no_sheet_of_it(self):
        """回避: nor do those who left it while the year was under way."""
        calibration = self.prepare()
        self.get_unit("昭化").member_ids = self.second
        self.get_form(self.year, "旺苍", "survey").former_member_ids = self.third
        calibration.action_open()
        self.assertFalse(self.get_sheet(calibration, self.second, "first"))
        self.assertTrue(self.get_sheet(calibration, self.second, "second"))
        self.assertTrue(self.get_sheet(calibration, self.third, "first"))
        self.assertFalse(self.get_sheet(calibration, self.third, "second"))

    def test_once_open_neither_the_forms_nor_the_texts_change(self):
        calibration = self.open()
        for values in ({"hidden_words": "别的"}, {"first_result_id": False}):
            with self.assertRaises(UserError):
                calibration.write(values)
        before = self.get_sheet(calibration, self.second).line_ids.mapped("own_explanation")
        self.get_form(self.year, "昭化").sudo().line_ids.write({"explanation": "改"})
        self.env.invalidate_all()
        after = self.get_sheet(calibration, self.second).line_ids.mapped("own_explanation")
        self.assertEqual(after, before)

    def test_a_sheet_is_handed_in_complete_and_then_stays(self):
        sheet = self.get_sheet(self.open(), self.second)
        with self.assertRaisesRegex(UserError, "16 lines have no mark"):
            sheet.action_hand_in()
        self.grade(sheet, "B" * 16)
        self.assertEqual(sheet.state, "handed_in")
        with self.assertRaises(UserError):
            sheet.line_ids[0].remark = "再想想"
        with self.assertRaises(UserError):
            sheet.action_hand_in()

    def test_nobody_grades_for_another(self):
        calibration = self.open()
        line = self.get_sheet(calibration, self.second).line_ids[0]
        grade = line.rubric_id.grade_ids[0]
        for user in (self.third, self.users["head"], self.users["division"]):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                line.with_user(user).grade_id = grade
            with self.assertRaises(AccessError):
                line.form_id.with_user(user).action_hand_in()

    def test_after_closing_nothing_is_graded(self):
        calibration = self.open()
        sheet = self.get_sheet(calibration, self.second)
        sheet.line_ids.not_applicable = True
        calibration.action_close()
        with self.assertRaisesRegex(UserError, "ended"):
            sheet.action_hand_in()
        with self.assertRaises(UserError):
            sheet.line_ids[0].remark = "再想想"
        self.assertEqual(sheet.allowed_moves, "")
        log = calibration.message_ids[0].body
        self.assertIn(self.second.name, log, "whose sheets are missing stands in the log")

    def test_who_lost_the_role_grades_no_more(self):
        sheet = self.get_sheet(self.open(), self.second)
        self.second.sudo().it_kpi_holding_ids.unlink()
        with self.assertRaises(AccessError):
            sheet.line_ids[0].remark = "查"

    def test_what_waits_is_an_activity_of_who_grades(self):
        calibration = self.open()
        self.flush_tracking()
        sheet = self.get_sheet(calibration, self.second)
        self.assertEqual(sheet.activity_ids.user_id, self.second)
        for each in calibration.sudo().sheet_ids - sheet.sudo():
            self.grade(self.get_sheet(calibration, each.user_id, each.sample), "B" * 16)
        self.flush_tracking()
        self.assertFalse(calibration.activity_ids)
        self.grade(sheet, "A" * 16)
        self.flush_tracking()
        self.assertFalse(sheet.activity_ids)
        self.assertEqual(calibration.activity_ids.user_id, self.users["division"])
        calibration.action_close()
        self.flush_tracking()
        self.assertFalse(calibration.activity_ids)

    def test_closing_ends_what_waits(self):
        calibration = self.open()
        self.flush_tracking()
        calibration.action_close()
        self.flush_tracking()
        self.assertFalse(calibration.sudo().sheet_ids.activity_ids)


@tagged("post_install", "-at_install")
class TestItCountsForNothing(CalibrationCase):
    def snapshot(self):
        """Return everything that is computed of the years, and what the group has to do in them."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = {
            name: self.env[name].search_read([], order="id")
            for name in ("it.kpi.ranking", "it.kpi.ranking.line", "it.kpi.result",
                         "it.kpi.result.line", "it.kpi.publication")
        }  # fmt: skip
        self.env.cr.execute(
            """SELECT id, state, filed_total FROM it_kpi_survey
               UNION ALL SELECT id, state, filed_total FROM it_kpi_assessment ORDER BY 1, 2"""
        )
        rows["forms"] = self.env.cr.fetchall()
        rows["duties"] = self.env["mail.activity"].search_read(
            [("res_model", "not like", "it.kpi.calibration%")], ["res_model", "res_id", "user_id"]
        )
        dashboard = self.env["it.kpi.dashboard"].with_user(self.users["division"])
        rows["dashboard"] = dashboard.get_dashboard(self.live.id)
        return rows

    def test_nothing_that_counts_changes(self):
        self.live = self.open_cycle(year=2100)
        self.file_forms(self.live, {name: ("B" * 16, "A" * 15 + "N") for name in ("利州", "昭化")})
        self.flush_tracking()
        before = self.snapshot()
        self.assertTrue(before["it.kpi.ranking.line"])
        calibration = self.open()
        for user in (self.second, self.third):
            for sample in ("first", "second"):
                self.grade(self.get_sheet(calibration, user, sample), "D" * 15 + "N")
        self.flush_tracking()
        self.assertEqual(self.snapshot(), before)
        calibration.action_close()
        self.assertTrue(calibration.grid)
        self.flush_tracking()
        self.assertEqual(self.snapshot(), before)
