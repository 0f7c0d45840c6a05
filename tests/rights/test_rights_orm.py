"""Every role reads, writes, creates and deletes what the table of rights says: ``MATRIX``.

What a write does beyond this (states, locks, fields that nobody writes) is tested through the
external interface, in ``test_rights_rpc.py``.
"""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..helpers.common import ROLES
from ..helpers.rights.matrix import MATRIX, UNIT_STAFF, Rights, form_of, is_in_scope
from ..helpers.rights.years import ASSIGNED, RightsCase

# Several roles of one person, as the regulation foresees them (article 3) and worse.
COMBINATIONS = (
    ("leader", "assessor"),
    ("reporter", "head"),
    ("leader", "leadership"),
    ("assessor", "division"),
    ("reporter", "assessor", "head", "division"),
)
COMBINED = (
    "it.kpi.assessment",
    "it.kpi.assessment.line",
    "it.kpi.survey.line",
    "it.kpi.rectification",
    "it.kpi.rectification.measure",
)


@tagged("post_install", "-at_install")
class TestRightsOrm(RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_dialogs(cls.cycle, "昭化", cls.users["division"], cls.users["leader"])
        cls.open_dialogs(cls.other_cycle, "另一", cls.other_user, cls.other_user)
        cls.env.flush_all()

    @classmethod
    def open_dialogs(cls, cycle, short_name, division, leader):
        """Open every dialog once, as whom it is for."""
        form = cls.get_form(cycle, short_name)
        own = cls.get_form(cycle, "利州") or form
        head = cls.users["head"] if cycle == cls.cycle else cls.get_other_person("head")
        bureau = [("company_id", "=", cycle.company_id.id)]
        incident = cls.env["it.kpi.incident"].search(bureau, limit=1)
        grounds = {"decision": "查", "reason": "查"}
        values = {"reason": "查", "form_id": form.id, "until": "2099-12-20 00:00:00"}
        name = {"unit_id": form.unit_id.id, "name": "改", "short_name": "改", "kind": "direct"}
        for dialog, user, vals in (
            ("extend", division, values),
            ("return", division, {"form_id": form.id}),
            ("withdraw", division, {"form_id": form.id, "reason": "查", "decision": "1号"}),
            ("rename", division, {**name, "reason": "查"}),
            ("reason", division, {"act": "record_unfiled", "res_id": form.id, "reason": "查"}),
            ("cycle", division, {"act": "add_units", "cycle_id": cycle.id, "reason": "查"}),
            ("incident", division, {"act": "lift", "incident_id": incident.id, **grounds}),
            ("assign", head, {"form_id": form.survey_ids.id, "reason": "查"}),
            ("assignment", head, {"form_ids": form.survey_ids.ids}),
            ("hand.over", leader, {"form_id": own.id}),
            ("sign", leader, {"form_id": own.id}),
            ("offline", leader, cls.prepare_upload(own)),
            ("rectification.sign", leader, {"order_id": cls.get_order(leader).id}),
            ("objection.sign", leader, {"objection_id": cls.get_objection(leader).id}),
            ("opening", division, {"cycle_id": cycle.id}),
            ("account", division, {"name": "新人"}),
            ("bases", division, {"allocation_id": cls.get_allocation(division).id}),
            ("roster", division, {"change_ids": [Command.create({"subject": "查", "text": "查"})]}),
        ):
            cls.env[f"it.kpi.{dialog}.wizard"].with_user(user).create(vals)
        assessor = cls.users["assessor"] if cycle == cls.cycle else cls.get_other_assessor(form)
        dialogs = cls.env["it.kpi.survey.sign.wizard"].with_user(assessor)
        dialogs.create({"form_ids": form.survey_ids.ids})

    @classmethod
    def get_other_assessor(cls, form):
        """Return an assessor of the other bureau who surveys the unit and belongs to none."""
        assessor = cls.get_other_person("assessor")
        form.survey_ids.assessor_ids += assessor
        return assessor

    @classmethod
    def get_other_person(cls, role):
        """Return a person of the other bureau who belongs to no unit."""
        return new_test_user(
            cls.env,
            f"test_other_{role}",
            groups=f"base.group_user,it_kpi_assessment.group_{role}",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )

    @classmethod
    def prepare_upload(cls, form):
        change = {"line_id": form.line_ids[0].id, "name": "remark", "value": "备"}
        return {"form_id": form.id, "change_ids": [Command.create(change)]}

    @classmethod
    def get_order(cls, leader):
        orders = cls.env["it.kpi.rectification"]
        return orders.search([("unit_id.leader_ids", "in", leader.ids)], limit=1)

    @classmethod
    def get_allocation(cls, division):
        bureau = [("company_id", "in", division.company_id.ids)]
        return cls.env["it.kpi.allocation"].search(bureau, limit=1)

    @classmethod
    def get_objection(cls, leader):
        objections = cls.env["it.kpi.objection"]
        return objections.search([("unit_id.leader_ids", "in", leader.ids)], limit=1)

    def get_records(self, model, bureau):
        """Return all records of the model that belong to a bureau, read past all rules."""
        records = self.env[model].search([])
        return records.filtered(lambda record: self.get_company(record) == bureau)

    def get_company(self, record):
        """Follow the record to what carries its company."""
        for path in ("company_id", "rubric_id", "indicator_id", "cycle_id", "form_id", "line_id"):
            if path in record._fields and record[path]:
                owner = record[path]
                return owner if path == "company_id" else self.get_company(owner)
        return record.create_uid.company_id

    def test_every_model_has_its_row(self):
        self.assertEqual(sorted(MATRIX), self.get_own_models())

    def test_matrix(self):
        """Every role reads, writes, creates and deletes exactly what its row says."""
        for model, rows in MATRIX.items():
            records = self.get_records(model, self.env.company)
            self.assertTrue(records, model)
            for role in (*ROLES, "nobody"):
                with self.subTest(model=model, role=role):
                    self.check_rights(role, records, rows.get(role, Rights()))

    def check_rights(self, role, records, rights):
        seen = self.as_role(role, records)
        for operation in ("read", "write", "unlink"):
            expected = self.get_scope(getattr(rights, operation), role, records)
            allowed = seen._filtered_access(operation)
            self.assertEqual(self.label(allowed), self.label(expected), operation)
        self.assertEqual(seen.browse().has_access("create"), rights.create, "create")
        self.check_search(seen, self.get_scope(rights.read, role, records))

    def check_search(self, seen, expected):
        """What a search finds is what can be read; without any right it is refused."""
        model = seen.browse()
        if not model.has_access("read"):
            with self.assertRaises(AccessError):
                model.search([])
            return
        self.assertEqual(self.label(model.search([])), self.label(expected), "search")
        self.assertEqual(model.search_count([]), len(expected), "count")

    def get_scope(self, name, role, records):
        return records.filtered(lambda record: is_in_scope(record, name, self.users[role]))

    def label(self, records):
        """Name the records, so that a difference can be read."""
        return sorted(
            f"{record.id} {form_of(record).display_name if 'form_id' in record._fields else ''}"
            for record in records.sudo()
        )

    def test_bureaus_see_nothing_of_each_other(self):
        """For every model, in both directions, whatever the role."""
        for model in MATRIX:
            ours = self.get_records(model, self.env.company)
            theirs = self.get_records(model, self.other)
            self.assertTrue(ours and theirs, model)
            self.check_hidden("other", model, ours)
            for role in ROLES:
                self.check_hidden(role, model, theirs)

    def check_hidden(self, role, model, records):
        with self.subTest(model=model, role=role):
            foreign = self.as_role(role, records)
            for operation in ("read", "write", "unlink"):
                self.assertFalse(foreign._filtered_access(operation), operation)
            if foreign.browse().has_access("read"):
                self.assertFalse(foreign.search([("id", "in", records.ids)]))

    def test_who_is_no_employee_sees_nothing(self):
        portal = new_test_user(self.env, "test_portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            for model in MATRIX:
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_a_role_without_its_unit_sees_no_form(self):
        """The group alone opens nothing: the unit has to name its people."""
        for role in UNIT_STAFF:
            user = self.new_user(role, f"test_{role}_elsewhere")
            for model in ("it.kpi.assessment", "it.kpi.assessment.line", "it.kpi.result"):
                with self.subTest(model=model, role=role):
                    self.assertFalse(self.env[model].with_user(user).search([]))

    def test_roles_together_open_no_more_than_each_of_them(self):
        """Rights to read as one and to write as another must not make a right to write."""
        for roles in COMBINATIONS:
            user = self.make_many(roles)
            for model in COMBINED:
                records = self.get_records(model, self.env.company)
                with self.subTest(model=model, roles=roles):
                    allowed = self.env[model].browse()
                    for role in roles:
                        rights = MATRIX[model][role]
                        allowed |= self.get_scope(rights.write, role, records)
                    written = records.with_user(user)._filtered_access("write")
                    self.assertEqual(self.label(written), self.label(allowed))

    def make_many(self, roles):
        """Return a user of several roles, in the places of those who hold one each."""
        user = self.new_user(roles[0], "_".join(roles))
        user.group_ids += self.env["res.groups"].union(
            *(self.env.ref(f"it_kpi_assessment.group_{role}") for role in roles)
        )
        for role in set(roles) & set(UNIT_STAFF):
            self.own_unit[f"{role}_ids"] += user
        if "head" in roles:
            self.get_unit("青川").member_ids += user
        for name in ASSIGNED if "assessor" in roles else ():
            self.get_form(self.cycle, name, "survey").assessor_ids += user
            orders = self.env["it.kpi.rectification"].search([("unit_id.short_name", "=", name)])
            orders.verifier_id = user
        return user
