"""No year opens for units without people, or in a bureau without a name, unless somebody asks."""

from odoo import Command

from ..helpers.common import BureauCase


class TestOpening(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.name = "广元市交通运输局"
        cls.draft = cls.env["it.kpi.cycle"].create({"year": 2099, "unit_ids": cls.own_unit.ids})
        cls.division = cls.draft.with_user(cls.users["division"])

    def add_unit(self, **people):
        """Let a unit take part that names these people."""
        unit = self.get_unit("昭化")
        unit.write({name: [Command.set(users.ids)] for name, users in people.items()})
        self.draft.unit_ids += unit
        return unit

    def check_asks(self, words):
        self.assertIn(words, self.division.opening_questions)
        self.assertRefused(words, self.division.action_open, accepted=False)
        self.assertEqual(self.draft.state, "draft")

    def test_a_complete_year_opens_without_a_question(self):
        self.assertFalse(self.division.opening_questions)
        self.division.action_open()
        self.assertEqual(self.draft.state, "open")

    def test_a_unit_without_its_people_is_named(self):
        reporter, leader = self.users["reporter"], self.users["leader"]
        for people in (
            {},
            {"reporter_ids": reporter},
            {"leader_ids": leader},
        ):
            with self.subTest(people=people), self.env.cr.savepoint() as savepoint:
                self.add_unit(**people)
                self.check_asks("昭化区交通运输局")
                self.assertNotIn("利州", self.division.opening_questions)
                self.assertEqual(self.division.unstaffed_count, 1)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_people_who_can_no_longer_act_do_not_count(self):
        group = self.env.ref("it_kpi_assessment.group_leader")
        for change in (
            lambda user: user.write({"active": False}),
            lambda user: user.write({"group_ids": [Command.unlink(group.id)]}),
        ):
            with self.subTest(), self.env.cr.savepoint() as savepoint:
                change(self.users["leader"])
                self.env.invalidate_all()
                self.check_asks("利州区交通运输局")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_a_bureau_without_a_name_is_said(self):
        for name in ("My Company", " my company", "YourCompany", "My Company (San Francisco)"):
            self.env.company.name = name
            self.env.invalidate_all()
            self.check_asks("all documents print its name")

    def test_it_opens_all_the_same_and_the_log_says_so(self):
        self.add_unit()
        dialog = self.env["it.kpi.opening.wizard"].with_user(self.users["division"])
        dialog = dialog.create({"cycle_id": self.draft.id})
        self.assertIn("昭化", dialog.opening_questions)
        page = self.env["it.kpi.dashboard"].with_user(self.users["leadership"])
        self.assertEqual(page.get_dashboard(self.draft.id)["cycle"]["unstaffed_count"], 1)
        listed = self.env["it.kpi.unit"].search(dialog.action_show_unstaffed()["domain"])
        self.assertEqual(listed.mapped("short_name"), ["昭化"])
        dialog.action_confirm()
        self.assertEqual(self.draft.state, "open")
        self.assertIn("昭化", " ".join(self.draft.message_ids.mapped("body")))
        self.assertFalse(self.division.opening_questions, "an open year asks no more")

    def test_only_the_division_is_let_through(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            cycle = self.draft.with_user(self.users[role])
            self.assertRefused("", cycle.action_open, accepted=True)
            self.assertEqual(self.draft.state, "draft")
