"""公示: the approved result is shown to the units before it is published (spec, section 7)."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.tools.terms import end_of_weekdays

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.objecting import NoticeOfResultCase

NUMBERS = ("assessment_total", "survey_total", "final", "rank", "is_last", "unit_name")


@tagged("post_install", "-at_install")
class TestNoNotice(BureauCase):
    """With the regulation's own rubric there is no notice."""

    def test_nothing_of_it_appears(self):
        self.assertEqual((self.rubric.notice_days, self.rubric.objection_days), (0, 0))
        cycle = self.open_cycle()
        self.file_forms(cycle, EXAMPLE)
        division = cycle.with_user(self.users["division"])
        division.action_start_review()
        self.approve(cycle)
        self.assertNotIn("propose", division.allowed_moves)
        self.assertIn(",publish,", division.allowed_moves)
        self.assertRefused("no days for a public notice", division.action_propose)
        division.action_publish()
        publication = cycle.publication_id
        self.assertEqual(cycle.publication_ids, publication)
        self.assertEqual((publication.revision, publication.proposal), (1, 0))
        own = publication.result_ids.filtered(lambda row: row.unit_id == self.own_unit)
        own = own.with_user(self.users["reporter"])
        self.assertFalse(own.can_object or own.objection_until)
        self.assertRefused("no objections", own.action_object)


@tagged("post_install", "-at_install")
class TestNotice(NoticeOfResultCase):
    def read(self, publication):
        return [[row[name] for name in NUMBERS] for row in publication.result_ids.sorted("unit_id")]

    def test_weekdays_are_counted_on_chinas_calendar(self):
        friday_evening = datetime(2026, 12, 4, 15, 59)  # 23:59 in China
        self.assertEqual(end_of_weekdays(friday_evening, 5), datetime(2026, 12, 11, 15, 59, 59))
        saturday = datetime(2026, 12, 4, 16, 1)  # 00:01 of Saturday in China
        self.assertEqual(end_of_weekdays(saturday, 1), datetime(2026, 12, 7, 15, 59, 59))

    def test_the_proposal_is_frozen_and_published_as_it_was_shown(self):
        proposal = self.cycle.proposal_id
        self.assertEqual((self.cycle.state, proposal.state), ("proposed", "proposed"))
        self.assertEqual((proposal.revision, proposal.proposal), (1, 1))
        self.assertFalse(self.cycle.publication_id)
        self.assertRefused("does not change", proposal.write, {"proposal": 2})
        self.assertRefused("lasts until", self.division.action_publish)
        self.end_notice()
        self.assertIn(",publish,", self.division.allowed_moves)
        self.division.action_publish()
        publication = self.cycle.publication_id
        self.assertEqual((publication.revision, publication.proposal), (1, 0))
        self.assertEqual(self.read(publication), self.read(proposal))
        self.assertEqual(publication.noticed_at, proposal.published_at)
        self.assertTrue(publication.is_current)
        self.assertFalse(proposal.is_current or self.cycle.proposal_id)
        self.assertEqual(self.cycle.edition_ids, publication)

    def test_the_notice_comes_before_the_publication(self):
        self.division.action_withdraw_notice("另有材料")
        self.head.action_approve()
        self.assertNotIn(",publish,", self.division.allowed_moves)
        self.assertRefused("demands a public notice", self.division.action_publish)
        self.division.action_propose()
        self.assertEqual(self.cycle.proposal_id.proposal, 2)
        self.assertFalse(self.cycle.proposal_id.is_renewed)

    def test_no_order_is_drawn_up_from_a_proposal(self):
        proposal = self.as_role("division", self.cycle.proposal_id)
        self.assertFalse(proposal.can_draw_up_orders)
        self.assertRefused("only proposed", proposal.action_draw_up_orders)

    def test_another_person_opens_it_than_approved(self):
        self.division.action_withdraw_notice("另有材料")
        self.head.action_approve()
        self.cycle.approved_by_id = self.users["division"]
        self.assertRefused("two different people", self.division.action_propose)

    def test_nothing_of_the_year_changes_meanwhile(self):
        form = self.get_form(self.cycle, "利州")
        survey = self.get_form(self.cycle, "利州", "survey")
        incident = self.env["it.kpi.incident"].search([("year", "=", self.cycle.year)], limit=1)
        incident = self.as_role("division", incident)
        line = self.as_role("assessor", survey.line_ids[0])
        calls = (
            lambda: self.as_role("division", form).action_return({form.line_ids[0].id: "补"}),
            lambda: self.as_role("division", form).action_withdraw("并入", "1号"),
            lambda: self.as_role("head", survey).action_reopen("复核"),
            lambda: incident.action_lift("2号", "误记"),
            lambda: line.write({"remark": "改"}),
            lambda: self.division.action_resume("退回"),
            lambda: incident.create(
                {
                    "unit_id": self.own_unit.id,
                    "kind": "leak",
                    "date": f"{self.cycle.year}-02-01",
                    "description": "查",
                    "decision": "3号",
                }
            ),
        )
        for number, call in enumerate(calls):
            with self.subTest(number), self.assertRaises(UserError), self.env.cr.savepoint():
                call()
                self.env.flush_all()

    def test_the_division_moves_the_end_with_a_reason(self):
        until = self.cycle.notice_until
        later = until + timedelta(days=3)
        self.assertRefused("reason", self.division.action_move_notice_end, later, " ")
        self.division.action_move_notice_end(later, "元旦放假")
        self.assertEqual(self.cycle.notice_until, later)
        soon = fields.Datetime.now() + timedelta(hours=1)
        self.assertRefused("ends between", self.division.action_move_notice_end, soon, "提前")
        self.assertIn("元旦放假", "".join(self.cycle.message_ids.mapped("body")))

    def test_a_withdrawn_notice_is_a_review_again(self):
        proposal = self.cycle.proposal_id
        self.division.action_withdraw_notice("漏登事件")
        self.assertEqual(self.cycle.state, "review")
        self.assertFalse(self.cycle.approved_by_id or self.cycle.proposal_id)
        self.assertTrue(proposal.exists() and not proposal.is_current)
        self.assertIn("approve", self.head.allowed_moves)

    def test_units_are_told(self):
        messages = self.env["mail.message"].search(
            [("model", "=", "it.kpi.cycle"), ("res_id", "=", self.cycle.id)]
        )
        told = messages.notified_partner_ids
        self.assertIn(self.users["reporter"].partner_id, told)
        self.assertIn(self.users["leader"].partner_id, told)

    def test_a_withdrawn_unit_has_no_part_in_it(self):
        """R13: it has no numbers, so it objects to none; the notice names it."""
        self.division.action_withdraw_notice("单位撤销")
        self.withdraw(self.cycle, "利州")
        self.head.action_approve()
        self.division.action_propose()
        own = self.get_result().with_user(self.users["leader"])
        self.assertTrue(own.withdrawn)
        self.assertFalse(own.can_object)
        self.assertRefused("was withdrawn", own.action_object)
        self.assertNotIn(self.get_result(), self.cycle.proposal_id._get_concerned())
