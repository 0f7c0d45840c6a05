"""送签 asks and says to whom; 撤回送签 until the leader signs; all that is missing at once."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..helpers.common import SIGNATURE, BureauCase


@tagged("post_install", "-at_install")
class TestHandingOver(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.form = cls.get_form(cls.cycle, "利州")
        cls.users["leader"].name = "周明"

    def setUp(self):
        super().setUp()
        self.reporter = self.as_role("reporter", self.form)
        self.leader = self.as_role("leader", self.form)

    def get_dialog(self):
        wizard = self.env["it.kpi.hand.over.wizard"].with_user(self.users["reporter"])
        return Form(wizard.with_context(active_id=self.form.id))

    def hand_over(self):
        self.fill(self.form, "A" * 16)
        return self.get_dialog().save().action_confirm()

    def test_the_dialog_names_the_leader_and_what_was_found(self):
        self.fill(self.form, "A" * 16)
        dialog = self.get_dialog()
        self.assertEqual((dialog.leaders, dialog.progress), ("周明", "16 / 16"))
        self.assertFalse(dialog.is_blocked)
        self.assertEqual(len(dialog.findings), 16, "each A is without evidence")
        answer = dialog.save().action_confirm()
        self.assertEqual(self.form.state, "to_sign")
        self.assertIn("周明", answer["params"]["message"])

    def test_what_blocks_is_listed_at_once_and_nothing_is_handed_over(self):
        self.fill(self.form, "A" * 3)
        dialog = self.get_dialog()
        self.assertTrue(dialog.is_blocked)
        blocking = [finding for finding in dialog.findings if finding["effect"] == "block"]
        self.assertEqual(len(blocking), 13)
        self.assertTrue(all(finding["line_id"] for finding in blocking))
        wizard = dialog.save()
        self.assertRefused("still to be done", wizard.action_confirm)
        self.assertEqual(self.form.state, "draft")

    def test_the_reporter_sees_where_the_form_is_and_takes_it_back(self):
        self.hand_over()
        self.assertIn("周明", self.reporter.lock_reason)
        self.assertIn(",recall,", self.reporter.allowed_moves)
        self.reporter.action_recall()
        self.assertEqual(self.form.state, "draft")
        self.assertFalse(self.form.handed_over_by_id)
        self.assertFalse(self.reporter.lock_reason)
        self.assertEqual(self.form.message_ids[0].author_id, self.users["reporter"].partner_id)
        self.env.flush_all()
        self.assertRefused("possible only from", self.leader.action_submit, SIGNATURE)

    def test_any_reporter_of_the_unit_takes_it_back_and_nobody_else(self):
        self.hand_over()
        second = self.new_user("reporter", "test_second_reporter")
        stranger = self.new_user("reporter", "test_stranger")
        for user in (stranger, *(self.users[role] for role in ("leader", "head", "division"))):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.form.with_user(user).action_recall()
        self.own_unit.reporter_ids += second
        self.form.with_user(second).action_recall()
        self.assertEqual(self.form.state, "draft")

    def test_what_the_leader_signed_is_not_taken_back(self):
        self.hand_over()
        self.leader.action_submit(SIGNATURE)
        self.assertRefused("possible only from", self.reporter.action_recall)
        self.assertEqual(self.form.state, "submitted")

    def test_of_a_returned_form_only_the_returned_lines_unlock_again(self):
        self.hand_over()
        self.leader.action_submit(SIGNATURE)
        line = self.form.line_ids[2]
        self.as_role("division", self.form).action_return({line.id: "补充"})
        self.reporter.action_hand_over()
        self.reporter.action_recall()
        self.assertEqual(self.form.state, "returned")
        self.assertFalse(self.as_role("reporter", line).lock_reason)
        self.assertTrue(self.reporter.line_ids[0].lock_reason)

    def test_nothing_is_taken_back_when_the_year_is_not_open(self):
        self.hand_over()
        self.cycle.state = "review"
        self.assertRefused("neither be filled", self.reporter.action_recall)


@tagged("post_install", "-at_install")
class TestSurveyReminder(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.fill(cls.get_form(cls.cycle, "利州"), "A" * 16)
        cls.get_form(cls.cycle, "利州").state = "submitted"
        cls.sheet = cls.get_form(cls.cycle, "利州", "survey")
        cls.sheet.assessor_ids = cls.users["assessor"]

    def test_one_refusal_lists_everything(self):
        self.fill(self.sheet, "C" * 15)
        with self.assertRaises(UserError) as caught:
            self.as_role("assessor", self.sheet).action_sign(SIGNATURE)
        text = str(caught.exception)
        for part in ("still to be done", "on which day", "has no mark", "two or more grades"):
            self.assertIn(part, text)
        self.assertEqual(text.count("two or more grades"), 15)

    def test_a_finding_leads_to_its_line(self):
        self.fill(self.sheet, "B" * 15)
        [date, line] = self.as_role("assessor", self.sheet)._get_findings("sign")
        self.assertEqual((date["kind"], date["line_id"]), ("unvisited", False))
        self.assertEqual((line["kind"], line["line_id"]), ("unmarked", self.sheet.line_ids[15].id))
