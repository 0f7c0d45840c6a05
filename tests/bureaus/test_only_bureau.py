"""The only bureau works in another company than the addon was installed in."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestOnlyBureau(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bureau = cls.env["res.company"].create({"name": "邻市交通运输局"})
        for role in ("division", "assessor"):
            user = cls.users[role]
            user.write({"company_ids": [Command.set(cls.bureau.ids)], "company_id": cls.bureau.id})
            cls.hold(role, cls.bureau, user)
        cls.rubrics = cls.env["it.kpi.rubric"].with_user(cls.users["division"])

    def get_help(self, role="division"):
        """Return what the empty page of the rubrics says, as the web client loads it."""
        action = self.env.ref("it_kpi_assessment.it_kpi_rubric_action")
        return (
            action.with_user(self.users[role])
            .sudo()
            .read(["help", "context", "res_model"])[0]["help"]
        )

    def test_the_empty_page_says_where_the_rubric_is_and_offers_it(self):
        self.assertFalse(self.rubrics.search([]))
        text = self.get_help()
        self.assertIn(self.rubric.company_id.name, text)
        self.assertIn(self.bureau.name, text)
        self.assertIn("data-method='action_take_over'", text)
        self.assertNotIn("action_take_over", self.get_help("assessor"))

    def test_what_is_taken_over_is_the_bureaus_own_and_whole(self):
        action = self.rubrics.action_take_over()
        rubric = self.rubrics.browse(action["res_id"])
        self.assertEqual((rubric.company_id, rubric.state), (self.bureau, "draft"))
        self.assertEqual(rubric.version, self.rubric.version)
        self.assertEqual(len(rubric.indicator_ids.criterion_ids), 64)
        self.assertEqual(len(rubric.veto_ids), len(self.rubric.veto_ids))
        self.assertNotIn("action_take_over", self.get_help())
        with self.assertRaises(UserError):
            self.rubrics.action_take_over()

    def test_nobody_else_takes_it_over(self):
        with self.assertRaises(AccessError):
            self.rubrics.with_user(self.users["assessor"]).action_take_over()
        self.env.ref("it_kpi_assessment.group_division").sudo().user_ids -= self.users["division"]
        with self.assertRaises(AccessError):
            self.rubrics.action_take_over()

    def test_a_bureau_that_has_one_is_offered_nothing(self):
        elsewhere = self.env["it.kpi.rubric"].with_context(allowed_company_ids=self.env.company.ids)
        self.assertFalse(elsewhere._find_shipped())
        self.rubrics.create({"name": "本局细则", "version": "2099"})
        self.assertNotIn("action_take_over", self.get_help())

    def test_the_start_page_leads_there_and_then_to_the_year(self):
        start = self.env["it.kpi.start"].with_user(self.users["division"])

        def get_year_step():
            return start.get_start()["steps"][-1]

        step = get_year_step()
        self.assertEqual([button["name"] for button in step["buttons"]], ["rubric"])
        self.assertEqual(start.action_go("rubric")["res_model"], "it.kpi.rubric")
        rubric = self.rubrics.browse(self.rubrics.action_take_over()["res_id"])
        rubric.action_start_trial()
        self.assertEqual([button["name"] for button in get_year_step()["buttons"]], ["year"])
        unit = self.env["it.kpi.unit"].with_user(self.users["division"])
        unit.create({"name": "邻县交通运输局", "short_name": "邻县"})
        cycle = self.env["it.kpi.cycle"].with_user(self.users["division"]).create({"year": 2099})
        cycle.action_open(accepted=True)
        self.assertEqual(len(cycle.assessment_ids.line_ids), 16)
