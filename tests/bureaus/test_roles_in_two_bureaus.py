"""Who serves two bureaus has in each the rights of the role held there, and no others.

Six people: each has one role in the first bureau, in the places of the tests of rights, and all the
other roles in the second one. In the first bureau they read, write and do what that one role may.
"""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.tools.roles import get_held_roles

from ..helpers.common import ROLES
from ..helpers.rights.calls import Calls, own_result
from ..helpers.rights.matrix import MATRIX, Rights, is_in_scope
from ..helpers.rights.methods import METHODS
from ..helpers.rights.years import RightsCase

# What acts in the current bureau, whatever records it is called on.
OF_CURRENT_BUREAU = {
    "it.kpi.start",
    "it.kpi.account.wizard",
    "it.kpi.roster.wizard",
    ("it.kpi.rubric", "action_take_over"),
}
# What acts in every bureau that is open: it is tried where only the first one is.
OF_OPEN_BUREAUS = {("it.kpi.retention", "action_list")}


@tagged("post_install", "-at_install")
class TestRolesInTwoBureaus(Calls, RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forms = {form.unit_id.short_name: form for form in cls.cycle.assessment_ids}
        cls.surveys = {form.unit_id.short_name: form for form in cls.cycle.survey_ids}
        cls.env.cr.flush()
        cls.shown = {role: cls.get_shown(role) for role in ROLES}
        for role in ROLES:
            user = cls.users[role]
            user.company_ids += cls.other
            for elsewhere in set(ROLES) - {role}:
                cls.hold(elsewhere, cls.other, user)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def see(cls, role, records):
        """Return the records for who holds this role here; the other bureau is the current one."""
        user = cls.users[role]
        both = [each.id for each in (cls.other, cls.env.company) if each in user.company_ids]
        return records.with_user(user).with_context(allowed_company_ids=both)

    @classmethod
    def get_records(cls, model):
        """Return what there is of a model in the first bureau, read past all rules."""
        domain = [("create_uid", "!=", cls.other_user.id)]
        for path in ("company_id", "rubric_id", "indicator_id.rubric_id", "cycle_id", "form_id"):
            if path.split(".")[0] in cls.env[model]._fields:
                owner = path if path == "company_id" else f"{path}.company_id"
                domain = [(owner, "=", cls.env.company.id)]
                break
        return cls.env[model].search(domain)

    @classmethod
    def get_shown(cls, role):
        """Return every value that a role is shown in this bureau: ``{(record, field): value}``."""
        shown = {}
        cls.env.invalidate_all()  # or values would show that were read past the rules
        for model in MATRIX:
            seen = cls.see(role, cls.get_records(model))._filtered_access("read")
            names = [
                name for name in seen._fields if seen._has_field_access(seen._fields[name], "read")
            ]
            for row in seen.read(sorted({*names} - {"write_date", "__last_update"})):
                for name, value in row.items():
                    shown[model, row["id"], name] = value
        return shown

    def test_each_serves_both_bureaus(self):
        for role in ROLES:
            user = self.users[role]
            self.assertEqual(user._get_company_ids_as(role), {self.env.company.id})
            for elsewhere in set(ROLES) - {role}:
                self.assertEqual(user._get_company_ids_as(elsewhere), {self.other.id})

    def test_what_is_read_written_created_and_deleted(self):
        for model, rows in MATRIX.items():
            records = self.get_records(model)
            for role in ROLES:
                with self.subTest(model=model, role=role):
                    self.check_rights(role, records, rows.get(role, Rights()))

    def check_rights(self, role, records, rights):
        seen = self.see(role, records)
        for operation in ("read", "write", "unlink"):
            expected = self.get_scope(getattr(rights, operation), role, records)
            self.assertEqual(set(seen._filtered_access(operation)._ids), expected, operation)
        if not rights.create:
            self.assertFalse(seen._filtered_access("create"), "create")
        self.check_search(seen, self.get_scope(rights.read, role, records))

    def get_scope(self, name, role, records):
        user = self.users[role]
        return set(records.filtered(lambda record: is_in_scope(record, name, user))._ids)

    def check_search(self, seen, expected):
        """Whatever finds records, finds those that may be read."""
        model, among = seen.browse(), [("id", "in", seen.ids)]
        if not model.has_access("read"):
            return
        self.assertEqual(set(model.search(among)._ids), expected, "search")
        self.assertEqual(model.search_count(among), len(expected), "count")
        self.assertEqual({row["id"] for row in model.search_read(among, ["id"])}, expected)
        self.assertEqual(
            {found for found, _name in model.name_search("", among, limit=None)}, expected
        )
        [(count,)] = model._read_group(among, [], ["__count"])
        self.assertEqual(count, len(expected), "group")
        here = model.with_context(allowed_company_ids=self.env.company.ids)
        self.assertEqual(here.search_count(among), len(expected), "in this bureau alone")

    def test_no_field_shows_more_than_before(self):
        """Fields for the groups of other roles, which are readable now, show nothing."""
        for role in ROLES:
            before, now = self.shown[role], self.get_shown(role)
            with self.subTest(role=role):
                self.assertGreater(len(before), 100)
                more = {key: value for key, value in now.items() if value and key not in before}
                self.assertFalse(more)
                changed = {key for key, value in before.items() if now[key] != value}
                self.assertFalse({key: (before[key], now[key]) for key in changed})

    def test_what_is_not_for_the_role_here_is_refused(self):
        """Every public method: moves, downloads, dialogs, the dashboard, the trial."""
        self.set_up_calls()
        for model, calls in METHODS.items():
            for name, call in calls.items():
                with self.subTest(model=model, method=name):
                    self.check_call(name, call)

    def check_call(self, name, call):
        with self.env.cr.savepoint() as savepoint:
            records = call.records(self)
            if call.state:
                records.write({"state": call.state})
            arguments = call.get_arguments(records)
            if name == "ask":
                arguments["res_ids"] = own_result(self).ids
            target = call.get_target(records)
            for role in ROLES:
                seen = self.see(role, target)
                if OF_CURRENT_BUREAU & {target._name, (target._name, name)}:
                    here = (self.env.company + self.other) & seen.env.user.company_ids
                    seen = seen.with_context(allowed_company_ids=here.ids)
                if (target._name, name) in OF_OPEN_BUREAUS:
                    seen = seen.with_context(allowed_company_ids=self.env.company.ids)
                is_refused = not self.succeeds(seen, name, arguments)
                self.assertEqual(is_refused, role not in call.roles, role)
            savepoint.rollback()
        self.env.invalidate_all()

    def succeeds(self, target, name, arguments):
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            try:
                getattr(target, name)(**arguments)
                self.env.flush_all()
                result = True
            except UserError:
                result = False
            savepoint.rollback()
        self.env.invalidate_all()
        return result

    def test_what_the_division_manages_is_not_created_here(self):
        """Whatever the role here; all but one are of the division in the other bureau."""
        vals = {"name": "新", "short_name": "新"}
        for role in ROLES:
            units = self.see(role, self.env["it.kpi.unit"])
            for bureau in (self.env.company, self.other):
                creates = "division" in get_held_roles(units.env, bureau)
                given = {"vals_list": [{**vals, "company_id": bureau.id}]}
                alone = units.with_context(allowed_company_ids=bureau.ids)
                with self.subTest(role=role, bureau=bureau.name):
                    self.assertEqual(creates, (role == "division") == (bureau != self.other))
                    self.assertEqual(self.succeeds(units, "create", given), creates)
                    self.assertEqual(self.succeeds(alone, "create", {"vals_list": [vals]}), creates)

    def test_a_unit_is_not_moved_to_where_one_is_not_of_the_division(self):
        unit = self.see("head", self.other_unit)
        self.assertFalse(
            self.succeeds(unit, "write", {"vals": {"company_id": self.env.company.id}})
        )

    def test_the_dashboard_offers_the_years_of_bureaus_that_one_reads_in_full(self):
        for role in ROLES:
            page = self.see(role, self.env["it.kpi.dashboard"]).get_dashboard()
            years = self.env["it.kpi.cycle"].browse([year["id"] for year in page["cycles"]])
            reads_here = role in ("head", "division", "leadership")
            with self.subTest(role=role):
                self.assertIn(self.other, years.company_id)
                self.assertEqual(self.env.company in years.company_id, reads_here)

    def test_a_job_is_its_requesters_while_the_roles_are_held_there(self):
        """The role in the other bureau does not stand in for the one that was lost here."""
        user = self.users["leadership"]
        job = self.see("leadership", self.env["it.kpi.job"])._ask(
            "print",
            self.see("leadership", self.published.publication_id.result_ids),
            self.env.ref("it_kpi_assessment.result_report"),
        )
        self.hold("leadership", self.other, user)
        self.assertTrue(job.has_access("read"))
        held = user.it_kpi_holding_ids
        self.hold("assessor", self.env.company, user)
        held.filtered(lambda row: row.company_id == self.env.company).unlink()
        self.assertIn(self.env.ref("it_kpi_assessment.group_leadership"), user.group_ids)
        self.assertFalse(job.has_access("read"))
        self.assertNotIn(job.id, job.search([]).ids)

    def test_duties_are_of_those_who_hold_the_role_in_the_bureau(self):
        division, elsewhere = self.users["division"], self.users["leadership"]
        self.assertEqual(self.cycle._get_role_users("division") & (division | elsewhere), division)
        there = self.other_cycle._get_role_users("division")
        self.assertEqual(there & (division | elsewhere), elsewhere)

    def test_nobody_shares_favourites_who_is_of_one_division_only(self):
        values = {"name": "共享", "model_id": "it.kpi.ranking", "user_ids": [Command.clear()]}
        for role in ROLES:
            filters = self.see(role, self.env["ir.filters"])
            with self.subTest(role=role):
                self.assertFalse(self.succeeds(filters, "create", {"vals_list": [values]}))
        division = self.users["division"]
        self.hold("division", self.other, division)
        shared = self.env["ir.filters"].with_user(division).create(values)
        self.assertTrue(shared.with_user(self.users["head"])._filtered_access("read"))
        division.write({"company_id": self.other.id, "company_ids": self.other.ids})
        self.users["leader"].company_ids -= self.other
        self.assertFalse(shared.with_user(self.users["leader"])._filtered_access("read"))
        self.assertTrue(shared.with_user(self.other_user)._filtered_access("read"))
