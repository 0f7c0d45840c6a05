"""The start page: five steps from an empty database to an opened year, and what each lacks."""

from odoo import Command
from odoo.exceptions import AccessError

from ..helpers.common import BureauCase
from .starting import PEOPLE, UNITS, Starting, make_roster


class TestStart(Starting, BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["it.kpi.unit"].search([]).unlink()
        cls.env.company.name = "My Company"
        cls.start = cls.env["it.kpi.start"].with_user(cls.users["division"])

    def get_steps(self, start=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return {step["key"]: step for step in (start or self.start).get_start()["steps"]}

    def assertDone(self, *keys):
        done = [key for key, step in self.get_steps().items() if step["is_done"]]
        self.assertEqual(done, list(keys))

    def test_each_step_is_done_when_nothing_is_missing(self):
        group = self.env.ref("it_kpi_assessment.group_head")
        self.users["head"].group_ids -= group
        self.users["assessor"].group_ids -= self.env.ref("it_kpi_assessment.group_assessor")
        self.assertDone()
        self.start.name_bureau(" 广元市交通运输局 ")
        self.assertEqual(self.env.company.name, "广元市交通运输局")
        self.assertDone("name")
        self.take_over(make_roster(UNITS, PEOPLE))
        self.assertDone("name", "units")
        missing = " ".join(self.get_steps()["people"]["sentences"])
        self.assertIn("1 units have no leader: 利州区交通运输局", missing)
        self.assertNotIn("reporter", missing)
        self.take_over(
            make_roster(
                [], [*PEOPLE, ("周七", "单位领导", "利州区交通运输局", "zhou7", None, None)]
            )
        )
        self.assertDone("name", "units", "people")
        self.assertIn("6 people", " ".join(self.get_steps()["people"]["sentences"]))
        self.assertIn("钱五", " ".join(self.get_steps()["group"]["sentences"]))
        admin = self.env.ref("base.user_admin")
        self.get_account("qian5").with_user(admin).action_make_head()
        self.assertDone("name", "units", "people", "group")
        year = self.env["it.kpi.cycle"].with_user(self.users["division"]).create({"year": 2099})
        self.assertIn("not open yet", " ".join(self.get_steps()["year"]["sentences"]))
        year.action_open()
        self.assertDone("name", "units", "people", "group", "year")

    def test_every_button_leads_somewhere(self):
        self.take_over(make_roster(UNITS, PEOPLE))
        seen = set()
        for step in self.get_steps().values():
            for button in step["buttons"]:
                seen.add(button["name"])
                action = self.start.action_go(button["name"])
                if "res_model" in action:
                    model = self.env[action["res_model"]].with_user(self.users["division"])
                    model.search(action.get("domain") or [])
        self.assertGreater(seen, {"upload", "download", "units", "unstaffed", "accounts", "year"})
        listed = self.start.action_go("unstaffed")["domain"]
        units = self.env["it.kpi.unit"].search(listed)
        self.assertEqual(units.mapped("short_name"), ["利州"])
        for name in ("nowhere", None, ["units"]):
            self.assertRefused("Reload", self.start.action_go, name)

    def test_the_name_is_given_once_by_the_division(self):
        for name in ("", " ", "\u200b", "局" * 65, None):
            self.assertRefused("Write the name", self.start.name_bureau, name)
        self.start.name_bureau("广元市交通运输局")
        with self.assertRaises(AccessError):
            self.start.name_bureau("另一局")
        self.assertFalse(self.start.get_start()["can_name"])
        admin = self.env["it.kpi.start"].with_user(self.env.ref("base.user_admin"))
        admin.name_bureau("广元市交通运输局（试）")
        self.assertEqual(self.env.company.name, "广元市交通运输局（试）")

    def test_it_is_for_the_division_and_the_administrator(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            start = self.env["it.kpi.start"].with_user(self.users[role])
            for call in (
                start.get_start,
                lambda start=start: start.name_bureau("另一局"),
                lambda start=start: start.action_go("units"),
            ):
                with self.assertRaises(AccessError):
                    call()
        admin = self.env.ref("base.user_admin")
        admin.group_ids = [Command.unlink(self.env.ref("it_kpi_assessment.group_division").id)]
        self.assertEqual(len(self.get_steps(self.env["it.kpi.start"].with_user(admin))), 5)
