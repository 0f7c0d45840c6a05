"""Whom objections and the public notice wait for, and what the dashboard says of them."""

from odoo.tests import tagged

from ..helpers.common import SIGNATURE
from ..helpers.objecting import NoticeOfResultCase


@tagged("post_install", "-at_install")
class TestObjectionDuties(NoticeOfResultCase):
    def waiting(self, record):
        """Return ``{(duty, login of its user)}`` of the pending duties of a record."""
        self.flush_tracking()
        activities = record.sudo()._get_activities()
        names = activities.activity_type_id.get_external_id()
        prefix = "it_kpi_assessment.activity_"
        return {
            (names[row.activity_type_id.id].removeprefix(prefix), row.user_id.login)
            for row in activities
        }

    def get_next(self):
        dashboard = self.env["it.kpi.dashboard"].with_user(self.users["division"])
        return dashboard.get_dashboard(self.cycle.id)["cycle"]

    def test_an_objection_goes_from_hand_to_hand(self):
        objection = self.object(self.get_result(), ("survey", 1))
        self.assertFalse(self.waiting(objection))
        self.as_role("reporter", objection).action_hand_over()
        self.assertEqual(self.waiting(objection), {("sign_objection", "test_leader")})
        self.as_role("leader", objection).action_submit(SIGNATURE)
        found = self.waiting(objection)
        self.assertIn(("receive_objection", "test_division"), found)
        self.as_role("division", objection).action_receive()
        self.assertEqual(self.waiting(objection), {("decide_objection", "test_head")})
        self.decide(objection, "maintained")
        self.assertFalse(self.waiting(objection))

    def test_no_head_of_a_unit_of_the_year_is_asked_to_decide(self):
        self.get_unit("青川").member_ids += self.users["head"]
        objection = self.object(self.get_result(), ("survey", 1), state="received")
        self.assertNotIn(("decide_objection", "test_head"), self.waiting(objection))

    def test_the_year_waits_for_what_comes_next(self):
        self.assertIn("lasts", self.get_next()["next"])
        self.uphold()
        survey = self.get_form(self.cycle, "利州", "survey")
        self.assertEqual(self.waiting(survey), {("visit", "test_assessor")})
        page = self.get_next()
        self.assertIn("decide the objections", page["next"])
        self.assertEqual(page["obstacle_count"], 2)  # the survey, and the objection
        self.correct()
        self.end_notice()
        self.assertEqual(self.waiting(self.cycle), {("approve_again", "test_head")})
        self.assertIn("Approve the corrected result", self.get_next()["next"])
        self.head.action_approve_again()
        self.assertIn(("renew_notice", "test_division"), self.waiting(self.cycle))
        self.assertIn("Renew the public notice", self.get_next()["next"])
        self.division.action_renew_notice()
        self.assertFalse(self.waiting(self.cycle))
        self.end_notice()
        self.assertIn(("publish", "test_division"), self.waiting(self.cycle))
        self.assertIn("Publish the result", self.get_next()["next"])
