"""The division makes accounts and gives roles in its own bureau, wherever else it works."""

from base64 import b64encode

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..helpers.common import BureauCase
from .starting import PEOPLE, UNITS, Starting, make_roster, save


class TestAccountsOfBureaus(Starting, BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here, cls.division = cls.env.company, cls.users["division"]
        cls.there = cls.env["res.company"].create({"name": "邻市交通运输局"})
        cls.neighbour = new_test_user(
            cls.env,
            "test_neighbour",
            groups="base.group_user,it_kpi_assessment.group_division",
            company_id=cls.there.id,
            company_ids=[Command.set(cls.there.ids)],
        )
        cls.division.company_ids += cls.there
        cls.hold("assessor", cls.there, cls.division)
        cls.account_there = cls.make(cls.neighbour, cls.there, "made_there")

    @classmethod
    def make(cls, user, company, login, roles=("reporter",)):
        accounts = cls.env["it.kpi.account"].with_user(user)
        accounts = accounts.with_context(allowed_company_ids=company.ids)
        person = {"name": "新人", "login": login, "roles": list(roles)}
        return accounts._make([person], company, "查")

    def see(self, record, *companies):
        """Return a record for the division, which has chosen these companies."""
        ids = [company.id for company in companies]
        return record.with_user(self.division).with_context(allowed_company_ids=ids)

    def test_a_role_is_given_in_the_own_bureau_only(self):
        account = self.make(self.division, self.here, "made_here")
        account._give(["assessor"])
        user = account.sudo().user_id
        self.assertEqual(user.company_ids, self.here)
        for role in ("reporter", "assessor"):
            self.assertEqual(user._get_company_ids_as(role), {self.here.id})

    def test_where_it_is_not_of_the_division_it_makes_none(self):
        """Though it works there, in another role."""
        with self.assertRaises(AccessError):
            self.make(self.division, self.there, "made_by_another")
        for companies in ((self.there,), (self.there, self.here)):
            start = self.see(self.env["it.kpi.start"], *companies)
            for method in (start.get_start, start._build_roster):
                with self.assertRaises(AccessError):
                    method()
            vals = {"file": b64encode(save(make_roster(UNITS, PEOPLE)))}
            wizard = self.see(self.env["it.kpi.roster.wizard"], *companies).create(vals)
            with self.assertRaises(AccessError):
                wizard.action_check()

    def test_accounts_of_the_other_bureau_are_out_of_reach(self):
        account = self.see(self.account_there, self.there, self.here)
        self.assertFalse(account.search([("company_id", "=", self.there.id)]))
        for call in (
            lambda: account._give(["assessor"]),
            lambda: account._correct({"name": "冒名"}),
            account.action_print_slips,
            account.action_put_out_of_use,
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(self.account_there.sudo().user_id.name, "新人")

    def test_nobody_of_the_other_bureau_is_named_by_the_file(self):
        row = ("新人", "填报员", UNITS[1][0], "made_there", None, None)
        wizard = self.upload(make_roster([], [row]))
        self.assertIn("人员!D2", wizard.errors)
        self.assertIn("belongs to another account", wizard.errors)

    def test_a_role_in_the_other_bureau_does_not_staff_a_unit(self):
        """The start page asks who holds the role here."""
        user = self.users["reporter"]
        user.company_ids += self.there
        self.hold("reporter", self.there, user)
        unit = self.units[0]
        unit.write({"reporter_ids": user.ids, "leader_ids": self.users["leader"].ids})
        domain = unit._get_unstaffed_domain(self.here)
        self.assertNotIn(unit, unit.search(domain))
        user.it_kpi_holding_ids.filtered(lambda row: row.company_id == self.here).unlink()
        self.assertIn(unit, unit.search(domain))
