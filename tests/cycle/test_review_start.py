"""转入综合考评 says what is missing, and goes on without it for a reason only."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..helpers.common import EXAMPLE, BureauCase

READ = ("allowed_moves", "submitted_count", "confirmed_count", "unit_count")
ACTION = "it_kpi_assessment.it_kpi_cycle_action_ask_to_review"


@tagged("post_install", "-at_install")
class TestReviewStart(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.division = cls.cycle.with_user(cls.users["division"])

    def miss(self):
        self.get_form(self.cycle, "利州", "survey").state = "draft"
        self.get_form(self.cycle, "昭化").state = "draft"

    def get_dialog(self):
        wizard = self.env["it.kpi.cycle.wizard"].with_user(self.users["division"])
        return wizard.with_context(default_act="start_review", active_id=self.cycle.id)

    def test_with_everything_in_there_is_nothing_to_say(self):
        dialog = Form(self.get_dialog())
        self.assertFalse(dialog.missing_forms)
        dialog.save().action_confirm()
        self.assertEqual(self.cycle.state, "review")

    def test_what_is_missing_is_named_and_the_reason_logged(self):
        self.miss()
        dialog = Form(self.get_dialog())
        self.assertIn(self.get_unit("利州").name, dialog.missing_forms)
        self.assertIn(self.get_unit("昭化").name, dialog.missing_forms)
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            dialog.save()
        dialog.reason = "局长办公会要求"
        dialog.save().action_confirm()
        self.assertEqual(self.cycle.state, "review")
        self.assertIn("局长办公会要求", self.cycle.message_ids[0].body)

    def test_the_server_asks_too(self):
        self.miss()
        for reason in (None, "", " ", "\u200b"):
            self.assertRefused(
                self.get_unit("利州").name, self.division.action_start_review, reason
            )
        self.assertEqual(self.cycle.state, "open")
        with self.assertRaises(AccessError):
            self.as_role("head", self.cycle).action_start_review("理由")

    def test_the_button_is_highlighted_once_all_is_in(self):
        self.assertEqual(self.get_buttons(), ["oe_highlight"])
        self.miss()
        self.env.invalidate_all()
        self.assertEqual(self.get_buttons(), [None])

    def get_buttons(self):
        """Return the classes of the buttons that the division sees for it."""
        form = Form(self.division)
        action = self.env.ref(ACTION)
        nodes = form._view["tree"].xpath(f"//header/button[@name='{action.id}']")
        values = {name: form[name] for name in READ}
        return [node.get("class") for node in nodes if not safe_eval(node.get("invisible"), values)]

    def test_a_new_year_is_the_next_free_one(self):
        years = self.env["it.kpi.cycle"].with_user(self.users["division"])
        first = years.default_get(["year"])["year"]
        self.open_cycle(year=first)
        self.assertEqual(years.default_get(["year"])["year"], first + 1)
