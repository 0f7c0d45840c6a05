"""The people of a bureau are named and seen in their own bureau only."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import ROLES
from ..helpers.rights.years import RightsCase


@tagged("post_install", "-at_install")
class TestPeopleOfTwoBureaus(RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = {
            role: cls.new_user_elsewhere(cls.other, f"test_{role}_there", role) for role in ROLES
        }
        cls.both = cls.new_user("reporter", "test_both")
        cls.both.company_ids += cls.other
        cls.hold("assessor", cls.other, cls.both)
        cls.env.flush_all()

    def get_records(self):
        """Return a record of each model that names people, of this bureau."""
        return (
            self.own_unit,
            self.get_form(self.cycle, "利州", "survey"),
            self.env["it.kpi.rectification"].search([("unit_id", "=", self.own_unit.id)], limit=1),
            self.env["it.kpi.inspection"].search([("unit_id", "=", self.own_unit.id)], limit=1),
        )

    def test_a_record_names_who_holds_the_role_in_its_bureau(self):
        """A role in the other bureau does not count, nor does the company without the role."""
        for record in self.get_records():
            for name, roles in record._people.items():
                many = record._fields[name].type == "many2many"
                strangers = self.env["res.users"].union(*self.there.values(), self.other_user)
                if roles and "reporter" not in roles:
                    strangers |= self.both
                for user in strangers:
                    with self.subTest(model=record._name, field=name, user=user.login):
                        value = [Command.link(user.id)] if many else user.id
                        self.assertRefused(user.name, record.write, {name: value})

    def test_who_is_proposed_is_who_may_be_named(self):
        """The domains of the forms, as the web client applies them for who chooses."""
        for role, model, name in (
            ("division", "it.kpi.unit", "reporter_ids"),
            ("division", "it.kpi.unit", "leader_ids"),
            ("head", "it.kpi.survey", "assessor_ids"),
            ("head", "it.kpi.rectification", "verifier_id"),
            ("assessor", "it.kpi.inspection", "inspector_ids"),
        ):
            roles = self.env[model]._people[name]
            domain = [
                (
                    "it_kpi_holding_ids",
                    "any",
                    [("role", "in", roles), ("company_id", "=", self.env.company.id)],
                )
            ]
            found = self.env["res.users"].with_user(self.users[role]).search(domain)
            with self.subTest(model=model, field=name):
                self.assertTrue(found)
                for user in found:
                    self.assertTrue(user._get_company_ids_as(*roles) & {self.env.company.id})
                self.assertEqual(self.both in found, "reporter" in roles)
                view = self.env[model].with_user(self.users[role]).get_view(view_type="form")
                self.assertIn("it_kpi_holding_ids", view["arch"])

    def test_users_of_the_other_bureau_are_not_found(self):
        strangers = self.env["res.users"].union(*self.there.values(), self.other_user)
        for role in (*ROLES, "nobody"):
            with self.subTest(role=role):
                self.check_hidden(self.users[role], strangers)
                self.check_hidden(self.there.get(role, self.other_user), self.users["division"])

    def check_hidden(self, user, strangers):
        """Neither users nor their contacts are found, counted, named or read."""
        for people in (strangers, strangers.partner_id):
            seen = people.with_user(user)
            among = [("id", "in", people.ids)]
            self.assertFalse(seen.browse().search_read(among, ["name"]))
            self.assertFalse(seen.search_count(among))
            self.assertFalse(seen.name_search(people[0].name, among))
            self.assertFalse(seen.name_search(strangers[0].login, among))
            self.assertFalse(seen._read_group(among, ["name"]))
            self.assertFalse(seen._filtered_access("read"))
            for names in (["name"], ["display_name"], ["email"]):
                with self.assertRaises(AccessError):
                    seen[0].read(names)

    def test_colleagues_and_those_who_serve_both_are_seen(self):
        for user in (*self.users.values(), *self.there.values()):
            bureau = user.company_id
            people = [*self.users.values(), self.both] if bureau != self.other else [self.both]
            colleagues = self.env["res.users"].union(
                *(each for each in people if bureau in each.company_ids)
            )
            with self.subTest(user=user.login):
                self.assertEqual(colleagues.with_user(user)._filtered_access("read"), colleagues)
                contacts = colleagues.partner_id
                self.assertEqual(contacts.with_user(user)._filtered_access("read"), contacts)

    def test_the_administrator_sees_everybody(self):
        users = self.env["res.users"].union(*self.there.values(), *self.users.values())
        admin = self.env.ref("base.user_admin")
        self.assertEqual(users.with_user(admin)._filtered_access("read"), users)

    def test_who_left_the_bureau_stays_named_in_its_records(self):
        """The name is shown beside the record, though the person is out of reach otherwise."""
        publication = self.published.publication_id
        approver = publication.approved_by_id
        approver.write({"company_id": self.other.id, "company_ids": self.other.ids})
        seen = self.as_role("division", publication)
        [row] = seen.web_read({"approved_by_id": {"fields": {"display_name": {}}}})
        self.assertEqual(row["approved_by_id"]["display_name"], approver.name)
        [row] = seen.read(["approved_by_id"])
        self.assertEqual(row["approved_by_id"][1], approver.name)

    def test_followers_of_the_other_bureau_are_not_found(self):
        """As its division, which reads all of its own."""
        here = self.env["mail.followers"].search([("res_model", "=like", "it.kpi.%")])
        self.other_unit.message_subscribe(self.other_user.partner_id.ids)
        inspections = self.env["it.kpi.inspection"].search([])
        for inspection in inspections:
            inspection.message_subscribe(inspection.create_uid.partner_id.ids)
        followers = self.env["mail.followers"].search(
            [("res_model", "=like", "it.kpi.%"), ("id", "not in", here.ids)]
        )
        for role, company in (("division", self.other), ("head", self.other)):
            found = followers.with_user(self.there[role]).search([("id", "in", followers.ids)])
            self.assertTrue(found)
            for follower in found.sudo():
                record = self.env[follower.res_model].browse(follower.res_id)
                self.assertEqual(record.company_id, company)
