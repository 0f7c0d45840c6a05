"""Which publication counts, and when a rubric on trial becomes effective."""

from odoo.tests import tagged

from ..helpers.common import BureauCase
from .revising import RevisionCase


@tagged("post_install", "-at_install")
class TestCurrent(RevisionCase):
    def test_current_is_what_was_published_last(self):
        self.assertTrue(self.first.is_current)
        self.revise()
        self.correct()
        self.assertTrue(self.first.is_current, "until the revision is published")
        revision = self.publish_again()
        self.assertFalse(self.first.is_current or self.first.result_ids[0].is_current)
        self.assertTrue(revision.is_current and revision.result_ids[0].is_current)
        year = [("cycle_id", "=", self.cycle.id)]
        for role in ("reporter", "division"):
            results = self.as_role(role, self.env["it.kpi.result"])
            current = results.search([*year, ("is_current", "=", True)])
            self.assertEqual(current.publication_id.sudo(), revision)
            superseded = results.search([*year, ("is_current", "=", False)])
            self.assertEqual(superseded.publication_id.sudo(), self.first)

    def test_marking_costs_no_query_per_row(self):
        self.env.invalidate_all()
        results = self.env["it.kpi.result"].search([("publication_id", "=", self.first.id)])
        results.mapped("publication_id.cycle_id.publication_id")
        with self.assertQueryCount(0):
            results.mapped("is_current")


@tagged("post_install", "-at_install")
class TestTrialRubric(BureauCase):
    def test_a_rubric_on_trial_becomes_effective_with_its_first_year(self):
        self.assertEqual(self.rubric.state, "trial")
        cycle = self.example_year()
        self.publish(cycle)
        self.assertEqual(self.rubric.state, "effective")
        self.assertEqual(cycle.rubric_id.state, "trial", "the copy stays as it was used")
        body = self.rubric.message_ids[0].body
        self.assertIn("Make effective: Trial → Effective", body)
        self.assertIn("first year of this version is published: Assessment 2099", body)

    def test_a_revision_does_not_do_it_again(self):
        cycle = self.example_year()
        self.publish(cycle)
        self.rubric.state = "trial"
        cycle.with_user(self.users["division"]).action_revise("申诉成立")
        self.record_incident("利州", "leak")
        self.approve(cycle)
        cycle.with_user(self.users["division"]).action_publish()
        self.assertEqual(self.rubric.state, "trial")

    def test_what_is_archived_stays_archived(self):
        cycle = self.example_year()
        self.rubric.state = "archived"
        self.publish(cycle)
        self.assertEqual(self.rubric.state, "archived")
