"""Every field of every model, written from outside by everybody, in every state.

``WRITABLE`` lists what a role may write manually where the matrix of rights lets it write at all.
Whatever is not listed, be it stored, computed or related, is refused or changes nothing: a new
field is closed until somebody opens it here. Moves, and what only a form's own dialog writes,
are not a matter of writing fields.
"""

from odoo.tests import tagged

from ..helpers.common import ROLES, SIGNATURE
from ..helpers.rights.matrix import MATRIX
from ..helpers.rights.rpc import RpcCase

STAFF = ("reporter", "leader")
MARK = {"grade_id", "not_applicable", "measured_value", "remark", "attachment_ids"}
FACT = {"unit_id", "date", "kind", "attachment_ids"}
INSPECTION = {*FACT, "place", "finding", "inspector_ids", "indicator_ids"}
WRITABLE = {
    "it.kpi.rubric": {
        "division": {
            *("name", "version", "document", "company_id", "full_points", "last_count"),
            *("weak_percent", "former_id", "grade_ids", "dimension_ids", "indicator_ids"),
            *("notice_days", "notice_scope", "objection_days"),
            *("band_ids", "quota_kind", "quota", "quota_by_kind", "quota_edge"),
            *("veto_bar", "unfiled_bar", "rectification_bar"),
            *("proposes_funds", "commended", "commended_count", "commended_by_kind"),
            *("hint_same_text", "hint_same_file", "hint_unchanged"),
            *("veto_ids", "check_ids"),
        }
    },
    "it.kpi.grade": {"division": {"sequence", "code", "ratio"}},
    "it.kpi.dimension": {
        "division": {"sequence", "name", "form_name", "points", "item_ids", "indicator_ids"}
    },
    "it.kpi.item": {"division": {"sequence", "name", "form_name", "points", "indicator_ids"}},
    "it.kpi.indicator": {
        "division": {
            *("sequence", "code", "name", "form_name", "points", "criterion_ids", "dimension_id"),
            *("predecessor_ids", "measure_name", "may_exceed"),
        }
    },
    "it.kpi.criterion": {"division": {"text", "threshold"}},
    "it.kpi.veto": {"division": {"kind", "effect", "indicator_id", "concerned_id"}},
    "it.kpi.check": {"division": {"kind", "effect"}},
    "it.kpi.band": {"division": {"name", "threshold"}},
    "it.kpi.unit": {
        "division": {
            *("sequence", "name", "short_name", "kind", "active", "company_id"),
            *("reporter_ids", "leader_ids", "member_ids"),
        }
    },
    "it.kpi.cycle": {
        "division": {"year", "company_id", "deadline", "source_rubric_id", "unit_ids"}
    },
    "it.kpi.assessment": dict.fromkeys(STAFF, {"line_ids", "report_opening", "report_closing"}),
    "it.kpi.assessment.line": dict.fromkeys(STAFF, {*MARK, "explanation"}),
    "it.kpi.survey": {"assessor": {"line_ids", "visit_date"}, "head": {"assessor_ids"}},
    "it.kpi.survey.line": {"assessor": MARK},
    "it.kpi.incident": {"division": {"description", "attachment_ids"}},
    "it.kpi.inspection": {"assessor": INSPECTION, "division": INSPECTION},
    "it.kpi.rectification": {
        **dict.fromkeys(STAFF, {"measure_ids", "report"}),
        "assessor": {"effectiveness", "effect_percent"},
        "head": {"verifier_id"},
        "division": {"demand", "plan_until", "report_until"},
    },
    "it.kpi.objection": {**dict.fromkeys(STAFF, {"line_ids"}), "head": {"decision_ids"}},
    "it.kpi.objection.line": {
        **dict.fromkeys(
            STAFF, {"objection_id", "result_line_id", "claim", "reason", "attachment_ids"}
        ),
        "head": {"decision", "decision_reason"},
    },
    "it.kpi.allocation": {
        "division": {
            *("total", "method", "gate", "base_kind", "floor_percent", "ceiling_percent"),
            *("without_vetoed", "without_unfiled", "without_unfinished"),
            *("line_ids", "coefficient_ids"),
        }
    },
    "it.kpi.commendation": {"division": {"approval_document"}},
    "it.kpi.allocation.line": {"division": {"base"}},
    "it.kpi.calibration": {
        "division": {"publication_id", "first_result_id", "second_result_id", "hidden_words"}
    },
    "it.kpi.calibration.sheet": dict.fromkeys(("assessor", "head"), {"line_ids"}),
    "it.kpi.calibration.line": dict.fromkeys(
        ("assessor", "head"), {"grade_id", "not_applicable", "remark"}
    ),
    "it.kpi.allocation.coefficient": {"division": {"coefficient"}},
    "it.kpi.document": {
        "division": {
            *("number", "signer", "issued_on", "addressee", "copies_to", "printed_by"),
            *("is_sealed", "stamped_file", "stamped_name"),
        }
    },
    "it.kpi.retention": {"division": {"retention", "secrecy"}},
    "it.kpi.rectification.talk": {"division": {"date", "people", "points"}},
    "it.kpi.rectification.measure": dict.fromkeys(
        STAFF,
        {"name", "weakness_ids", "owner", "due_date", "done", "done_on", "remark",
         "attachment_ids", "order_id"},
    ),
}  # fmt: skip
# What the administrator of users may write besides: who holds which role in which bureau.
ADMINISTERED = {"it.kpi.holding": {"user_id", "company_id", "role"}}
# Who plays several roles, or one that is not in the name.
PLAYS = {"admin": ("division",), "other": ROLES}
# What every thread of the chatter lets its readers write, for themselves.
CHATTER = ("message_", "activity_", "website_message_")
OTHER = {
    "boolean": lambda record, value: not value,
    "char": lambda record, value: "改",
    "text": lambda record, value: "改",
    "html": lambda record, value: "改",
    "integer": lambda record, value: 7,
    "float": lambda record, value: 7,
    "date": lambda record, value: "2097-01-01",
    "datetime": lambda record, value: "2097-01-01 00:00:00",
    "json": lambda record, value: {"改": 1},
    "binary": lambda record, value: SIGNATURE,
}


def get_other_value(record, field):
    """Return a value that differs from the one that a field of a record has."""
    value = record[field.name]
    if field.type in OTHER:
        return OTHER[field.type](record, value)
    if field.type == "selection":
        return next(key for key, _label in field._description_selection(record.env) if key != value)
    others = record.env[field.comodel_name].search([("id", "not in", value.ids)], limit=1)
    if field.type == "many2one":
        return others.id
    return [[5]] if value else [[4, others.id]]


@tagged("post_install", "-at_install")
class TestApiFields(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubric.copy({"version": "草稿"})
        cls.env["it.kpi.cycle"].create(
            {"year": 2097, "source_rubric_id": cls.rubric.id, "unit_ids": cls.units.ids}
        )
        cls.env.flush_all()

    def get_records(self, model, person):
        """Return one record in each state that the rights let a person write."""
        records = self.env[model].search([]).with_user(self.users[person])
        return {
            self.get_state(record): record for record in records._filtered_access("write").sudo()
        }

    def get_state(self, record):
        """Return the state of a record, or of the form, order or rubric that it belongs to."""
        for owner in ("form_id", "order_id", "objection_id", "rubric_id"):
            if owner in record._fields and "state" in record[owner]._fields:
                return record[owner].state, record._fields.get("returned") and record.returned
        return "state" in record._fields and record.state

    def get_row(self, record):
        """Return the record as the database has it, but for who wrote it last."""
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT to_jsonb(r) - 'write_date' - 'write_uid' FROM {record._table} r WHERE id = %s",
            [record.id],
        )
        return self.env.cr.fetchall()

    def test_what_is_not_listed_is_written_by_nobody(self):
        for model in MATRIX:
            if self.env[model].is_transient():
                continue
            for person in self.users:
                listed = self.get_listed(model, person)
                for state, record in self.get_records(model, person).items():
                    with self.subTest(model=model, person=person, state=state):
                        self.check_fields(person, record, listed)

    def get_listed(self, model, person):
        """Return the fields that a person may write."""
        roles = PLAYS.get(person, (person,))
        listed = set().union(*(WRITABLE.get(model, {}).get(role, ()) for role in roles))
        return listed | (ADMINISTERED.get(model, set()) if person == "admin" else set())

    def check_fields(self, person, record, listed):
        written = {
            name
            for name, field in record._fields.items()
            if name not in listed and name != "id" and not name.startswith(CHATTER)
            if self.try_write(person, record, field)
        }
        self.assertFalse(written, (person, record))

    def test_what_is_listed_is_a_field(self):
        """A name that no field bears any more would let its successor go unnoticed."""
        for model, rows in WRITABLE.items():
            for role, names in rows.items():
                self.assertNotEqual(MATRIX[model][role].write, "none")
                self.assertLessEqual(names, set(self.env[model]._fields), model)

    def try_write(self, person, record, field):
        """Return whether a write from outside changes a field, and undo it."""
        vals = {field.name: get_other_value(record, field)}
        before, value = self.get_row(record), record[field.name]
        with self.env.cr.savepoint() as savepoint:
            status, answer = self.rpc(person, record._name, "write", record.ids, vals=vals)
            self.env.invalidate_all()
            changed = self.get_row(record) != before
            if field.type in ("one2many", "many2many"):
                changed = record[field.name] != value
            savepoint.rollback()
        self.env.invalidate_all()
        if status != 200:
            self.assertFalse(changed, (person, record, vals))
            self.assertIn(status, (403, 404, 422), (person, record, vals, answer))
        return changed
