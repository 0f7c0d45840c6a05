"""Roles are given by the administrator: groups, and the bureaus in which they are held."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ..helpers.common import ROLES, BureauCase


@tagged("post_install", "-at_install")
class TestHoldings(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.env.company
        cls.other = cls.env["res.company"].create({"name": "邻市交通运输局"})
        cls.head = cls.users["head"]
        cls.group = cls.env.ref("it_kpi_assessment.group_head")

    def get_held(self, user):
        """Return what a user holds: ``{(company, role)}``."""
        return {(row.company_id, row.role) for row in user.it_kpi_holding_ids}

    def test_a_group_is_a_role_in_the_companies_of_the_user(self):
        for role in ROLES:
            self.assertEqual(self.get_held(self.users[role]), {(self.here, role)})
        both = new_test_user(
            self.env,
            "test_both",
            groups="base.group_user",
            company_ids=[Command.set((self.here | self.other).ids)],
        )
        self.assertFalse(self.get_held(both))
        both.group_ids += self.group
        self.assertEqual(self.get_held(both), {(self.here, "head"), (self.other, "head")})

    def test_another_company_brings_no_role(self):
        self.head.company_ids += self.other
        self.assertEqual(self.get_held(self.head), {(self.here, "head")})
        self.head.write({"name": "王组长", "group_ids": [Command.link(self.group.id)]})
        self.assertEqual(self.get_held(self.head), {(self.here, "head")})

    def test_without_the_company_the_role_is_gone(self):
        """Whether it was the only one of the user, or not; it does not return with the company."""
        self.head.company_ids += self.other
        self.hold("assessor", self.other, self.head)
        self.head.company_ids -= self.other
        self.assertEqual(self.get_held(self.head), {(self.here, "head")})
        self.assertNotIn(self.env.ref("it_kpi_assessment.group_assessor"), self.head.group_ids)
        self.head.write({"company_id": self.other.id, "company_ids": self.other.ids})
        self.assertFalse(self.get_held(self.head))
        self.assertNotIn(self.group, self.head.group_ids)
        self.head.company_ids += self.here
        self.assertFalse(self.get_held(self.head))

    def test_without_the_group_the_role_is_gone_everywhere(self):
        self.head.company_ids += self.other
        self.hold("head", self.other, self.head)
        self.head.group_ids -= self.group
        self.assertFalse(self.get_held(self.head))
        self.assertFalse(self.head._get_company_ids_as("head"))

    def test_the_last_row_of_a_role_takes_its_group_away(self):
        self.head.company_ids += self.other
        row = self.hold("head", self.other, self.head)
        (self.head.it_kpi_holding_ids - row).unlink()
        self.assertIn(self.group, self.head.group_ids)
        self.assertEqual(self.head._get_company_ids_as("head"), {self.other.id})
        row.unlink()
        self.assertNotIn(self.group, self.head.group_ids)
        self.assertFalse(self.head._get_company_ids_as())

    def test_a_row_that_is_changed_changes_the_groups(self):
        self.head.it_kpi_holding_ids.role = "leadership"
        self.assertNotIn(self.group, self.head.group_ids)
        self.assertIn(self.env.ref("it_kpi_assessment.group_leadership"), self.head.group_ids)

    def test_members_of_a_group_are_kept_in_step_too(self):
        """From the side of the group, and by a group that implies it."""
        user = new_test_user(self.env, "test_employee", groups="base.group_user")
        self.group.user_ids += user
        self.assertEqual(self.get_held(user), {(self.here, "head")})
        self.group.user_ids -= user
        self.assertFalse(self.get_held(user))
        own = self.env["res.groups"].create({"name": "组长们", "user_ids": user.ids})
        own.implied_ids = self.group
        self.assertEqual(self.get_held(user), {(self.here, "head")})
        own.unlink()
        self.assertFalse(self.get_held(user))

    def test_a_company_that_loses_a_user_from_its_own_side(self):
        self.head.company_ids += self.other
        self.hold("division", self.other, self.head)
        self.other.user_ids -= self.head
        self.assertFalse(self.head._get_company_ids_as("division"))

    def test_a_role_is_held_where_the_user_works(self):
        with self.assertRaises(ValidationError):
            self.hold("head", self.other, self.head)

    def test_the_form_of_the_user_gives_company_and_role_at_once(self):
        head = self.head.with_user(self.env.ref("base.user_admin"))
        with Form(head, view="base.view_users_form") as form:
            form.company_ids.add(self.other)
            with form.it_kpi_holding_ids.new() as row:
                row.company_id = self.other
                row.role = "assessor"
        self.assertEqual(self.get_held(self.head), {(self.here, "head"), (self.other, "assessor")})
        self.assertIn(self.env.ref("it_kpi_assessment.group_assessor"), self.head.group_ids)

    def test_a_copy_of_a_user_holds_the_same_roles(self):
        self.head.company_ids += self.other
        self.hold("assessor", self.other, self.head)
        copy = self.head.copy({"login": "test_copy"})
        self.assertEqual(self.get_held(copy), {(self.here, "head"), (self.other, "assessor")})

    def test_only_administrators_give_roles(self):
        vals = {"user_id": self.users["reporter"].id, "company_id": self.here.id, "role": "head"}
        for role in ROLES:
            holdings = self.env["it.kpi.holding"].with_user(self.users[role])
            own = self.users[role].it_kpi_holding_ids.with_user(self.users[role])
            with self.subTest(role=role):
                for attempt, *arguments in (
                    (holdings.create, vals),
                    (own.write, vals),
                    (own.unlink,),
                ):
                    with self.assertRaises(AccessError):
                        attempt(*arguments)
                with self.assertRaises(AccessError):
                    user = self.users[role].with_user(self.users[role])
                    user.write(
                        {"it_kpi_holding_ids": [Command.create({**vals, "user_id": user.id})]}
                    )
        manager = new_test_user(
            self.env, "test_manager", groups="base.group_user,base.group_erp_manager"
        )
        self.env["it.kpi.holding"].with_user(manager).create(vals)
        self.assertTrue(self.users["reporter"]._get_company_ids_as("head"))

    def test_rights_follow_at_once(self):
        """Record rules are cached; a row that comes or goes clears the cache."""
        cycle = self.open_cycle()
        seen = cycle.with_user(self.head)
        self.assertTrue(seen.has_access("read"))
        self.head.it_kpi_holding_ids.unlink()
        self.assertFalse(seen.has_access("read"))
        self.hold("head", self.here, self.head)
        self.assertTrue(seen.has_access("read"))

    def test_users_from_before_hold_their_roles_in_all_their_companies(self):
        """What the migration does; a second run changes nothing."""
        self.head.company_ids += self.other
        self.env.cr.execute("DELETE FROM it_kpi_holding")
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        groups = [self.env.ref(f"it_kpi_assessment.group_{role}") for role in ROLES]
        for _run in range(2):
            self.env["res.groups"].union(*groups)._get_role_users()._sync_holdings()
            held = {(self.here, "head"), (self.other, "head")}
            self.assertEqual(self.get_held(self.head), held)
            self.assertEqual(self.get_held(self.users["leader"]), {(self.here, "leader")})

    def test_roles_are_called_as_their_groups(self):
        names = dict(self.env["it.kpi.holding"]._fields["role"]._description_selection(self.env))
        for role in ROLES:
            group = self.env.ref(f"it_kpi_assessment.group_{role}")
            self.assertEqual(names[role], group.name)
