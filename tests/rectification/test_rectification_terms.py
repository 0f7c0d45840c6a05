"""A unit has time to answer an order: when it is issued, and whenever it goes back to it."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.const import LEAST_DAYS

from ..helpers.rectification import RectificationCase


@tagged("post_install", "-at_install")
class TestRectificationTerms(RectificationCase):
    def setUp(self):
        super().setUp()
        self.division = self.as_role("division", self.order)
        self.least = self.today + timedelta(LEAST_DAYS)

    def pass_terms(self):
        """Let the clock pass the terms of the order."""
        yesterday = self.today - timedelta(1)
        self.order.write({"plan_until": yesterday, "report_until": yesterday})

    def test_measures_that_are_opened_again_may_be_answered(self):
        self.bring_to("planned")
        self.pass_terms()
        self.division.action_reopen_plan("措施不具体")
        self.assertEqual((self.order.plan_until, self.order.report_until), (self.least,) * 2)
        self.assertFalse(self.order.is_late)
        self.assertIn("has time to answer", self.order.message_ids[0].body)

    def test_a_report_that_is_sent_back_may_be_answered(self):
        self.bring_to("reported")
        self.pass_terms()
        self.division.action_send_back("佐证不足")
        self.assertEqual(self.order.report_until, self.least)
        self.assertFalse(self.order.is_late)

    def test_a_term_that_leaves_time_stays(self):
        self.bring_to("reported")
        before = self.order.report_until
        self.division.action_send_back("佐证不足")
        self.assertEqual(self.order.report_until, before)
