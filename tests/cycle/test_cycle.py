"""Opening a year, who joins it, and the way to publication."""

from datetime import datetime

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestCycle(BureauCase):
    def draft(self, **values):
        cycles = self.env["it.kpi.cycle"].with_user(self.users["division"])
        return cycles.create(
            {
                "year": 2099,
                "source_rubric_id": self.rubric.id,
                "unit_ids": [Command.set(self.units.ids)],
                **values,
            }
        )

    def test_the_deadline_is_the_end_of_15_december_in_china(self):
        self.assertEqual(self.draft().deadline, datetime(2099, 12, 15, 15, 59, 59))

    def test_opening_lays_out_both_forms_of_every_unit(self):
        cycle = self.draft()
        cycle.action_open(accepted=True)
        cycle = cycle.sudo()
        self.assertEqual(cycle.assessment_ids.unit_id, self.units)
        self.assertEqual(cycle.survey_ids.unit_id, self.units)
        self.assertEqual(len(cycle.assessment_ids.line_ids), 6 * 16)
        self.assertEqual(len(cycle.survey_ids.line_ids), 6 * 16)
        self.assertEqual(cycle.survey_ids.assessment_id, cycle.assessment_ids)
        form = cycle.assessment_ids[0]
        self.assertEqual(form.line_ids.indicator_id, cycle.rubric_id.indicator_ids)
        self.assertEqual(form.state, "draft")
        self.assertEqual(form.progress, "0 / 16")

    def test_a_unit_can_join_an_open_cycle_and_none_can_leave(self):
        cycle = self.draft(unit_ids=[Command.set(self.units[:2].ids)])
        cycle.action_open(accepted=True)
        join = {"unit_ids": [Command.link(self.units[2].id)]}
        self.assertRefused("with a reason", cycle.write, join)
        cycle.action_add_units(self.units[2].ids, "新设机构")
        self.assertEqual(len(cycle.sudo().assessment_ids), 3)
        self.assertEqual(len(cycle.sudo().survey_ids.line_ids), 3 * 16)
        leave = {"unit_ids": [Command.unlink(self.units[0].id)]}
        self.assertRefused("stays in the year", cycle.write, leave)

    def test_a_year_exists_once(self):
        self.draft()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.draft()

    def test_a_deadline_in_the_past_is_refused(self):
        self.assertRefused("3 days", self.draft, year=2001)
        cycle = self.draft()
        self.assertRefused("3 days", cycle.write, {"deadline": "2020-01-01 00:00:00"})
        with freeze_time("2100-01-01"):
            self.assertRefused("3 days", cycle.action_open)

    def test_a_cycle_without_units_or_with_a_wrong_rubric_does_not_open(self):
        cycle = self.draft(unit_ids=[])
        self.assertRefused("units", cycle.action_open)
        rubric = self.rubric.copy()
        rubric.state = "trial"
        rubric.indicator_ids[0].points = 1
        cycle.write({"unit_ids": [Command.set(self.units.ids)], "source_rubric_id": rubric.id})
        self.assertRefused("add up", cycle.action_open)
        self.assertEqual(cycle.state, "draft")

    def test_a_cycle_opens_on_a_rubric_in_force(self):
        cycle = self.draft(source_rubric_id=self.rubric.copy().id)
        self.assertRefused("neither on trial nor effective", cycle.action_open)

    def test_only_drafts_are_deleted(self):
        cycle = self.draft()
        cycle.action_open(accepted=True)
        self.assertRefused("stays", cycle.unlink)
        self.draft(year=2098).unlink()

    def test_the_state_is_not_written_by_hand(self):
        cycle = self.draft()
        self.assertRefused("by hand", cycle.write, {"state": "published"})
        self.assertRefused("by hand", self.draft, year=2098, state="published")
        cycle.action_open(accepted=True)
        self.assertRefused("by hand", cycle.write, {"year": 2097})


@tagged("post_install", "-at_install")
class TestPublication(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()

    def setUp(self):
        super().setUp()
        self.division = self.as_role("division", self.cycle)
        self.head = self.as_role("head", self.cycle)

    def test_missing_forms_are_listed_and_block(self):
        self.get_form(self.cycle, "利州").state = "draft"
        self.get_form(self.cycle, "朝天", "survey").state = "draft"
        self.division.action_start_review("按期转入")
        self.assertRefused("利州", self.head.action_approve)
        self.assertRefused("朝天", self.head.action_approve)
        self.assertIn("利州", self.head.obstacles)
        self.assertRefused("利州", self.division.action_publish)

    def test_a_filed_form_with_an_unmarked_line_blocks(self):
        self.get_form(self.cycle, "朝天", "survey").line_ids[0].grade_id = False
        self.division.action_start_review("按期转入")
        self.assertRefused("lines without a mark", self.head.action_approve)

    def test_publication_needs_an_approval(self):
        self.division.action_start_review("按期转入")
        self.assertRefused("approves first", self.division.action_publish)

    def test_another_kind_of_incident_needs_another_approval(self):
        """旺苍 has 0 points before and after: what the notice says of it is another thing."""
        leak = self.cycle.rubric_id.veto_ids.filtered(lambda veto: veto.kind == "leak")
        leak.write({"effect": "final", "indicator_id": False})
        self.division.action_start_review("按期转入")
        self.head.action_approve()
        self.record_incident("旺苍", "leak")
        self.assertRefused("changed after it was approved", self.division.action_publish)

    def test_approval_and_publication_are_for_two_people(self):
        head = self.users["head"]
        head.group_ids += self.env.ref("it_kpi_assessment.group_division")
        self.head.action_start_review("按期转入")
        self.head.action_approve()
        self.assertRefused("two different people", self.head.action_publish)

    def test_what_changes_after_the_approval_must_be_approved_again(self):
        self.division.action_start_review("按期转入")
        self.head.action_approve()
        self.record_incident("利州", "network_security")
        self.assertRefused("approve it again", self.division.action_publish)
        self.head.action_approve()
        self.division.action_publish()
        self.assertEqual(self.cycle.state, "published")

    def test_marks_that_changed_places_must_be_approved_again(self):
        """A and B on two indicators of 2 points each: no total and no rank changes."""
        self.division.action_start_review("按期转入")
        self.head.action_approve()
        first, second = self.get_form(self.cycle, "利州").line_ids[:2]
        a, b = first.grade_id, second.grade_id
        self.assertNotEqual(a, b)
        first.grade_id, second.grade_id = b, a
        self.assertRefused("approve it again", self.division.action_publish)

    def test_going_back_to_filling_voids_the_approval(self):
        self.division.action_start_review("按期转入")
        self.head.action_approve()
        self.assertRefused("reason", self.division.action_resume, " ")
        self.division.action_resume("补充材料")
        self.assertEqual(self.cycle.state, "open")
        self.assertFalse(self.cycle.approved_by_id)

    def test_a_score_that_does_not_follow_from_its_grade_blocks(self):
        line = self.get_form(self.cycle, "利州").line_ids[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE it_kpi_assessment_line SET score = score - 0.01 WHERE id = %s", [line.id]
        )
        self.division.action_start_review("按期转入")
        self.assertRefused("do not follow", self.head.action_approve)

    def test_a_score_that_is_gone_blocks(self):
        """Otherwise the line would get the mean, as if the unit lacked the indicator."""
        line = self.get_form(self.cycle, "利州").line_ids[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE it_kpi_assessment_line SET score = NULL WHERE id = %s", [line.id]
        )
        self.division.action_start_review("按期转入")
        self.assertRefused("do not follow", self.head.action_approve)

    def test_a_sum_that_is_not_that_of_the_lines_blocks(self):
        """The ranking reads the stored sum of a filed form."""
        for kind in ("assessment", "survey"):
            form = self.get_form(self.cycle, "利州", kind)
            table = SQL.identifier(form._table)
            raised = SQL(
                "UPDATE %s SET filed_total = filed_total + 0.01 WHERE id = %s", table, form.id
            )
            self.env.flush_all()
            with self.subTest(kind), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(raised)
                self.division.action_start_review()
                self.assertRefused("do not follow", self.head.action_approve)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_the_publication_says_who_and_when(self):
        publication = self.publish(self.cycle)
        self.assertEqual(publication.revision, 1)
        self.assertEqual(publication.approved_by_id, self.users["head"])
        self.assertEqual(publication.published_by_id, self.users["division"])
        self.assertEqual(publication.rubric_id, self.cycle.rubric_id)

    def test_published_results_never_change(self):
        publication = self.publish(self.cycle)
        admin = self.env.ref("base.user_admin")
        for record in (publication, publication.result_ids[0], publication.result_ids.line_ids[0]):
            for user in (admin, self.env.user):
                frozen = record.with_user(user)
                self.assertRefused("does not change", frozen.sudo().write, {"cycle_id": False})
                self.assertRefused("stays", frozen.sudo().unlink)

    def test_forms_and_incidents_of_a_published_year_are_locked(self):
        self.publish(self.cycle)
        line = self.as_role("leader", self.get_form(self.cycle, "利州").line_ids[0])
        self.assertRefused("not open", line.write, {"remark": "改"})
        form = self.as_role("division", self.get_form(self.cycle, "利州"))
        self.assertRefused("Published", form.action_return, {form.line_ids[0].id: "x"})
        incident = self.env["it.kpi.incident"].search([("year", "=", 2099)], limit=1)
        self.assertRefused("published", self.as_role("division", incident).action_lift, "x", "x")

    def test_the_form_shows_the_published_total(self):
        form = self.get_form(self.cycle, "昭化")
        self.assertFalse(form.is_published)
        self.assertIn("另有2项无此项", form._get_final_score_text())
        self.publish(self.cycle)
        form.invalidate_recordset()
        self.assertPoints(form.total, 85.85)
        self.assertEqual(form._get_final_score_text(), "85.85")
