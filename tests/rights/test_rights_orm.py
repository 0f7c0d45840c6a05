"""Who may read, write, create and delete what: the regulation's table of rights, model by model.

What a write does beyond this (states, locks, fields that nobody writes) is tested through the
external interface, in ``test_rights_rpc.py``.
"""

from typing import NamedTuple

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..helpers.common import ROLES
from ..helpers.rights import ASSIGNED, RightsCase

UNIT_STAFF = ("reporter", "leader")
FILED = ("submitted", "unfiled")


class Rights(NamedTuple):
    """Which records a role reads, writes and deletes (names of ``SCOPES``), and if it creates."""

    read: str = "none"
    write: str = "none"
    create: bool = False
    unlink: str = "none"


MANAGE = Rights("all", "all", True, "all")
READ = Rights("all")
READ_OWN = Rights("own")
OWN_DIALOGS = Rights("mine", "mine", True)
SETTINGS = {**dict.fromkeys(ROLES, READ), "division": MANAGE}
PUBLISHED = {
    **dict.fromkeys((*UNIT_STAFF,), READ_OWN),
    "assessor": Rights("of the assessor's unit"),
    **dict.fromkeys(("head", "division", "leadership"), READ),
}
LIVE = dict.fromkeys(("head", "division", "leadership"), READ)

# Model -> role -> rights. A role without a row has none.
MATRIX = {
    "it.kpi.rubric": SETTINGS,
    "it.kpi.grade": SETTINGS,
    "it.kpi.dimension": SETTINGS,
    "it.kpi.item": SETTINGS,
    "it.kpi.indicator": SETTINGS,
    "it.kpi.criterion": SETTINGS,
    "it.kpi.veto": SETTINGS,
    "it.kpi.check": SETTINGS,
    "it.kpi.unit": SETTINGS,
    "it.kpi.cycle": SETTINGS,
    "it.kpi.assessment": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own, to fill")),
        "assessor": Rights("filed, assigned"),
        "head": Rights("filed"),
        "division": READ,
        "leadership": Rights("filed"),
    },
    "it.kpi.assessment.line": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own, to fill")),
        "assessor": Rights("submitted, assigned"),
        "head": Rights("submitted"),
        "division": READ,
        "leadership": Rights("submitted"),
    },
    "it.kpi.survey": {
        **dict.fromkeys(UNIT_STAFF, Rights("own, published")),
        "assessor": Rights("assigned", "assigned"),
        "head": Rights("not the head's own before publication", "open, not the head's own"),
        "division": READ,
        "leadership": Rights("confirmed"),
    },
    "it.kpi.survey.line": {
        **dict.fromkeys(UNIT_STAFF, Rights("own, published")),
        "assessor": Rights("assigned", "assigned, to fill"),
        "head": Rights("not the head's own before publication"),
        "division": READ,
        "leadership": Rights("confirmed"),
    },
    "it.kpi.survey.signature": {
        **dict.fromkeys(UNIT_STAFF, Rights("own, published")),
        "assessor": Rights("assigned"),
        "head": Rights("not the head's own before publication"),
        "division": READ,
        "leadership": Rights("confirmed"),
    },
    "it.kpi.incident": {
        **dict.fromkeys(UNIT_STAFF, READ_OWN),
        **dict.fromkeys(("assessor", "head", "leadership"), READ),
        "division": MANAGE,
    },
    "it.kpi.inspection": {
        "assessor": Rights("recorded or assigned, not the own", "recorded, not the own", True),
        "head": Rights("not the head's own before publication"),
        "division": MANAGE,
        "leadership": READ,
    },
    "it.kpi.notice": {"division": READ},
    "it.kpi.job": dict.fromkeys(ROLES, Rights("mine")),
    "it.kpi.ranking": LIVE,
    "it.kpi.ranking.line": {**LIVE, "head": Rights("no survey of the head's own unit")},
    "it.kpi.ranking.change": LIVE,
    "it.kpi.publication": dict.fromkeys(ROLES, READ),
    "it.kpi.result": PUBLISHED,
    "it.kpi.result.line": PUBLISHED,
    "it.kpi.result.change": PUBLISHED,
    "it.kpi.rectification": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own")),
        "assessor": Rights("to verify", "to verify"),
        "head": Rights("all", "issued, not the head's own"),
        "division": Rights("all", "in preparation"),
        "leadership": READ,
    },
    "it.kpi.rectification.weakness": {
        **dict.fromkeys(UNIT_STAFF, READ_OWN),
        "assessor": Rights("to verify"),
        **dict.fromkeys(("head", "division", "leadership"), READ),
    },
    "it.kpi.rectification.measure": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own", True, "own")),
        "assessor": Rights("to verify"),
        **dict.fromkeys(("head", "division", "leadership"), READ),
    },
    "it.kpi.rectification.sign.wizard": {"leader": OWN_DIALOGS},
    "it.kpi.survey.sign.wizard": dict.fromkeys(("assessor", "head"), OWN_DIALOGS),
    "it.kpi.reason.wizard": dict.fromkeys(("leader", "assessor", "head", "division"), OWN_DIALOGS),
    "it.kpi.extend.wizard": {"division": OWN_DIALOGS},
    "it.kpi.sign.wizard": {"leader": OWN_DIALOGS},
    "it.kpi.offline.wizard": dict.fromkeys(UNIT_STAFF, OWN_DIALOGS),
    "it.kpi.offline.wizard.change": dict.fromkeys(UNIT_STAFF, Rights("mine", "mine", True, "mine")),
    "it.kpi.return.wizard": {"division": OWN_DIALOGS},
    "it.kpi.return.wizard.line": {"division": Rights("mine", "mine", True, "mine")},
}

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


def form_of(record):
    if record._name == "it.kpi.inspection":
        return record.survey_id
    return record.form_id if record._name.endswith((".line", ".signature")) else record


def order_of(record):
    return record if record._name == "it.kpi.rectification" else record.order_id


def is_published(record):
    return form_of(record).cycle_id.state in ("published", "archived")


def is_assigned(record):
    form = form_of(record)
    return form.cycle_id.year == 2099 and form.unit_id.short_name in ASSIGNED


def is_of(record, short_name):
    for parent in ("form_id", "order_id"):
        record = record[parent] if parent in record._fields else record
    return record.unit_id.short_name == short_name


def is_recorded(record):
    """Tell whether an inspection is the assessor's own, of a unit that is not the assessor's."""
    return record.create_uid.login == "test_assessor" and not is_of(record, "剑阁")


def is_to_fill(record):
    """Tell whether an assessment, or a line of one, waits for its unit."""
    state = form_of(record).state
    if record._name == "it.kpi.assessment.line" and state == "returned":
        return record.returned
    return state in ("draft", "returned")


SCOPES = {
    "none": lambda record: False,
    "all": lambda record: True,
    "own": lambda record: is_of(record, "利州"),
    "own, to fill": lambda record: is_of(record, "利州") and is_to_fill(record),
    "own, published": lambda record: is_of(record, "利州") and is_published(record),
    "of the assessor's unit": lambda record: is_of(record, "剑阁"),
    "filed": lambda record: form_of(record).state in FILED,
    "submitted": lambda record: form_of(record).state == "submitted",
    "filed, assigned": lambda record: form_of(record).state in FILED and is_assigned(record),
    "submitted, assigned": lambda record: (
        form_of(record).state == "submitted" and is_assigned(record)
    ),
    "assigned": is_assigned,
    "assigned, to fill": lambda record: (
        is_assigned(record)
        and record.form_id.state == "draft"
        and record.form_id.assessment_id.state in FILED
    ),
    "to verify": lambda record: is_of(record, "朝天"),
    "in preparation": lambda record: record.state == "draft",
    "issued, not the head's own": lambda record: (
        record.state in ("issued", "planned", "reported") and not is_of(record, "青川")
    ),
    "recorded, not the own": is_recorded,
    "recorded or assigned, not the own": lambda record: is_recorded(record) or is_assigned(record),
    "confirmed": lambda record: form_of(record).state == "confirmed",
    "open, not the head's own": lambda record: (
        form_of(record).cycle_id.state == "open" and not is_of(record, "青川")
    ),
    "not the head's own before publication": lambda record: (
        not is_of(record, "青川") or is_published(record)
    ),
    "no survey of the head's own unit": lambda record: (
        record.kind == "assessment" or not is_of(record, "青川")
    ),
}


def is_in_scope(record, scope, user):
    """Tell whether a record is among those that a right of the user reaches (its ``SCOPES``)."""
    return record.create_uid == user if scope == "mine" else SCOPES[scope](record)


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
        form = cls.form(cycle, short_name)
        own = cls.form(cycle, "利州") or form
        values = {"reason": "查", "form_id": form.id, "until": "2099-12-20 00:00:00"}
        for dialog, user, vals in (
            ("extend", division, values),
            ("return", division, {"form_id": form.id}),
            ("reason", division, {"act": "record_unfiled", "res_id": form.id, "reason": "查"}),
            ("sign", leader, {"form_id": own.id}),
            ("offline", leader, cls.prepare_upload(own)),
            ("rectification.sign", leader, {"order_id": cls.get_order(leader).id}),
        ):
            cls.env[f"it.kpi.{dialog}.wizard"].with_user(user).create(vals)
        assessor = cls.users["assessor"] if cycle == cls.cycle else cls.other_user
        dialogs = cls.env["it.kpi.survey.sign.wizard"].with_user(assessor)
        dialogs.create({"form_id": form.survey_ids.id})

    @classmethod
    def prepare_upload(cls, form):
        change = {"line_id": form.line_ids[0].id, "name": "remark", "value": "备"}
        return {"form_id": form.id, "change_ids": [Command.create(change)]}

    @classmethod
    def get_order(cls, leader):
        orders = cls.env["it.kpi.rectification"]
        return orders.search([("unit_id.leader_ids", "in", leader.ids)], limit=1)

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
            self.unit("青川").member_ids += user
        for name in ASSIGNED if "assessor" in roles else ():
            self.form(self.cycle, name, "survey").assessor_ids += user
            orders = self.env["it.kpi.rectification"].search([("unit_id.short_name", "=", name)])
            orders.verifier_id = user
        return user
