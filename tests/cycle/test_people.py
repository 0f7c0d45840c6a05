"""Records name only people who can do what they are named for, and tell namesakes apart."""

from lxml import etree

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from ..helpers.common import ROLES, BureauCase


@tagged("post_install", "-at_install")
class TestPeople(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        results = cls.publish(cls.cycle).result_ids
        cls.order = cls.env["it.kpi.rectification"]._draw_up(results[:1])
        cls.portal = new_test_user(cls.env, "test_portal", groups="base.group_portal")
        cls.nobody = new_test_user(cls.env, "test_employee", groups="base.group_user")
        other = cls.env["res.company"].create({"name": "另一局"})
        groups = ",".join(f"it_kpi_assessment.group_{role}" for role in ROLES)
        every_role = f"base.group_user,{groups}"
        cls.elsewhere = new_test_user(
            cls.env, "test_elsewhere", groups=every_role, company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )  # fmt: skip
        cls.archived = new_test_user(cls.env, "test_archived", groups=every_role)
        cls.archived.active = False
        cls.holders = {role: cls.new_user(role, f"test_new_{role}") for role in ROLES}

    def get_records(self):
        """Return a record of each model that names people, which may be written now."""
        units = self.env["it.kpi.unit"]
        unit, inspected = (
            units.create({"name": name, "short_name": name}) for name in ("新局", "新中心")
        )
        survey = self.open_cycle(year=2100).survey_ids[0]
        self.order.state = "reported"
        inspection = self.env["it.kpi.inspection"].create(
            {"unit_id": inspected.id, "finding": "查", "inspector_ids": False}
        )
        return {record._name: record for record in (unit, survey, self.order, inspection)}

    def test_each_field_takes_those_who_hold_its_role_and_nobody_else(self):
        for model, record in self.get_records().items():
            for name, roles in record._people.items():
                for role, user in self.holders.items():
                    with self.subTest(model=model, field=name, role=role):
                        if not roles or role in roles:
                            self.put(record, name, user)
                        else:
                            self.assertRefused(user.name, self.put, record, name, user)
                for user in (self.portal, self.archived, self.elsewhere):
                    with self.subTest(model=model, field=name, user=user.login):
                        self.assertRefused(user.name, self.put, record, name, user)
                with self.subTest(model=model, field=name, user="without a role"):
                    if roles:
                        self.assertRefused("have this role", self.put, record, name, self.nobody)
                    else:
                        self.put(record, name, self.nobody)

    def put(self, record, name, user):
        """Add a user to a field, without a trace if it is refused."""
        with self.env.cr.savepoint():
            is_many = record._fields[name].type == "many2many"
            record.write({name: [Command.link(user.id)] if is_many else user.id})
            self.env.flush_all()

    def test_a_new_record_names_nobody_else_either(self):
        for name in ("reporter_ids", "leader_ids"):
            vals = {"name": "新", "short_name": "新", name: self.nobody.ids}
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.env["it.kpi.unit"].create(vals)

    def test_every_field_of_people_that_users_write_is_checked(self):
        for model in self.env.registry.values():
            if not model._name.startswith("it.kpi.") or model._abstract or model._transient:
                continue
            written = getattr(model, "_editable", {})
            people = {name for name in written if model._fields[name].comodel_name == "res.users"}
            with self.subTest(model=model._name):
                self.assertEqual(people, set(getattr(model, "_people", {})))

    def test_the_division_names_no_stranger_over_its_own_rights(self):
        unit = self.as_role("division", self.own_unit)
        self.assertRefused("portal", unit.write, {"leader_ids": [[4, self.portal.id]]})

    def test_who_loses_the_role_does_not_lock_the_record(self):
        unit, reporter = self.own_unit, self.users["reporter"]
        reporter.write({"group_ids": [[3, self.env.ref("it_kpi_assessment.group_reporter").id]]})
        self.as_role("division", unit).action_rename({"short_name": "利"}, "更正简称")
        self.as_role("division", unit).write({"reporter_ids": [[4, self.holders["reporter"].id]]})
        self.assertIn(reporter, unit.reporter_ids)

    def test_two_people_of_one_name_are_told_apart(self):
        name = "王伟"
        users = self.holders["reporter"] | self.holders["leader"]
        users.write({"name": name})
        found = self.env["res.users"].with_context(it_kpi_show_login=True).name_search(name)
        shown = {label for _id, label in found}
        self.assertEqual(shown, {f"{name} ({user.login})" for user in users})
        self.assertEqual({user.display_name for user in users}, {name})

    def test_the_forms_show_logins_where_people_are_chosen(self):
        for model in ("it.kpi.unit", "it.kpi.survey", "it.kpi.rectification", "it.kpi.inspection"):
            view = self.env[model].with_user(self.users["head"]).get_view(view_type="form")
            for name in self.env[model]._people:
                nodes = etree.fromstring(view["arch"]).xpath(f"//field[@name='{name}']")
                with self.subTest(model=model, field=name):
                    self.assertTrue(nodes)
                    for node in nodes:
                        self.assertIn("it_kpi_show_login", node.get("context", ""))
