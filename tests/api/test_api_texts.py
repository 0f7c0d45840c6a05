"""Every text that somebody writes, from outside: its length, what shows nothing, and its breaks."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.models.mixins.it_kpi_editable import Editable

from ..helpers.rights.matrix import MATRIX
from ..helpers.rights.rpc import RpcCase

TEXTS = ("char", "text")
NOBODY = Editable(None, ())
# A zero-width space, a byte order mark, a soft hyphen, fillers and a selector of variants.
INVISIBLE = "\u200b\ufeff\u00ad\u2060\u3164\u115f\u2800\ufe0f\u3000"
# What is pasted, and what is kept of it in a text and on a line.
PASTED = {
    "甲\v乙": ("甲\n乙", "甲 乙"),
    "甲\f乙": ("甲\n乙", "甲 乙"),
    "甲\u2028乙\u2029丙": ("甲\n乙\n丙", "甲 乙 丙"),
    "甲\r\n乙": ("甲\n乙", "甲 乙"),
    "甲\0\x07乙": ("甲乙", "甲乙"),
    "甲\u202e乙": ("甲乙", "甲乙"),
    "甲\ud83d": ("甲\ufffd", "甲\ufffd"),
}
# Texts that a move writes, and that creation leaves out.
BY_MOVE = {("it.kpi.incident", "lift_decision"), ("it.kpi.incident", "correction_decision")}
# Texts that the system alone writes; they are as long as what they are made of.
BY_SYSTEM = {
    ("it.kpi.job", "name"),
    ("it.kpi.job", "left_out"),
    ("it.kpi.job", "error"),
    ("it.kpi.job", "missing_glyphs"),
    ("it.kpi.notice", "res_name"),
    ("it.kpi.notice", "occasion"),
    ("it.kpi.survey.signature", "name"),
    ("it.kpi.document", "stamped_digest"),
    ("it.kpi.code", "total"),
    ("it.kpi.calibration.line", "own_remark"),
    *(("it.kpi.roster.wizard", name) for name in ("notes", "other_units", "summary")),
    *(("it.kpi.roster.wizard.change", name) for name in ("subject", "text")),
}
# Texts of a form of their own, which have their own tests.
OF_A_FORM = {("it.kpi.document", "number")}


@tagged("post_install", "-at_install")
class TestApiTexts(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubric.copy({"version": "草稿"})
        cls.env.flush_all()

    def list_writable(self):
        """Yield every text field that a role may write: ``(role, model, field)``."""
        for model, field in self.list_all():
            table = getattr(self.env[model], "_editable", {})
            for role, rights in MATRIX.get(model, {}).items():
                is_theirs = role in table.get(field.name, NOBODY).roles if table else True
                is_free = (model, field.name) not in OF_A_FORM
                writes = rights.write != "none" and is_theirs and is_free
                if writes and not self.env[model]._transient:
                    yield role, model, field

    def list_all(self):
        """Return every stored text field of our models that is not computed.

        Publications and their rows are copied from texts that were checked, and take no others
        (``tests/publication/test_frozen_rows.py``).
        """
        frozen = type(self.env["it.kpi.frozen"])
        return [
            (model, field)
            for model in self.env
            if model.startswith("it.kpi.") and self.env[model]._auto
            if not isinstance(self.env[model], frozen)
            for field in self.env[model]._fields.values()
            if field.type in TEXTS and field.store and not field.compute
        ]

    def write(self, role, record, field, value):
        """Return status, answer and what the field holds then, after undoing it."""
        with self.env.cr.savepoint() as savepoint:
            status, answer = self.rpc(
                role, record._name, "write", record.ids, vals={field.name: value}
            )
            self.env.invalidate_all()
            kept = record[field.name]
            savepoint.rollback()
        self.env.invalidate_all()
        return status, answer, kept

    def find_record(self, role, model, field):
        """Return a record in a state that lets the role write the field."""
        records = self.env[model].search([]).with_user(self.users[role])
        if model == "it.kpi.rectification.measure":
            records.sudo().order_id.state = "issued"
            self.env.flush_all()
        for record in records._filtered_access("write").sudo():
            if self.write(role, record, field, "改")[0] == 200:
                return record
        return self.fail(f"{role} writes no {field} in any state")

    def test_what_a_role_writes(self):
        tried = 0
        for role, model, field in self.list_writable():
            with self.subTest(role=role, field=str(field)):
                record = self.find_record(role, model, field)
                self.check_length(role, record, field)
                self.check_invisible(role, record, field)
                for pasted, kept in PASTED.items():
                    answer = self.write(role, record, field, pasted)
                    self.assertEqual(answer[::2], (200, kept[self.is_line(field)]), answer)
                tried += 1
        self.assertGreater(tried, 30)

    def is_line(self, field):
        return field.type == "char" and not hasattr(field, "multiline")

    def check_length(self, role, record, field):
        limit = record._get_max_length(field.name)
        status, answer, kept = self.write(role, record, field, "字" * limit)
        self.assertEqual((status, kept), (200, "字" * limit), answer)
        status, answer, kept = self.write(role, record, field, "字" * (limit + 1))
        self.assertEqual((status, kept), (422, record[field.name]))
        label = field._description_string(self.env)
        for part in (label, str(limit), str(limit + 1)):
            self.assertIn(part, answer["message"])

    def check_invisible(self, role, record, field):
        status, answer, kept = self.write(role, record, field, INVISIBLE)
        if field.required:
            self.assertEqual((status, kept), (422, record[field.name]))
            self.assertIn(field._description_string(self.env), answer["message"])
        else:
            self.assertEqual((status, kept), (200, False), answer)

    def test_every_text_has_a_length(self):
        """Those of dialogs and moves too; whoever writes them."""
        tried = set()
        for model, field in self.list_all():
            records = self.env[model]
            limit = records._get_max_length(field.name)
            if (model, field.name) in BY_SYSTEM:
                self.assertFalse(limit, field)
                continue
            with self.subTest(field=str(field)):
                self.assertLess(0, limit)
                values = {field.name: "字" * (limit + 1)}
                with self.assertRaises(ValidationError) as caught:
                    if (model, field.name) in BY_MOVE:
                        records.write(values)
                    else:
                        records.create([values])
                self.assertIn(str(limit + 1), str(caught.exception))
                tried.add(model)
        for model in ("it.kpi.reason.wizard", "it.kpi.return.wizard.line", "it.kpi.rubric"):
            self.assertIn(model, tried)
        self.assertLessEqual({model for model, _name in BY_SYSTEM}, set(MATRIX))

    def test_every_required_text_shows_something(self):
        for model, field in self.list_all():
            if field.required:
                with self.subTest(field=str(field)), self.assertRaises(ValidationError) as caught:
                    self.env[model].create([{field.name: INVISIBLE}])
                self.assertIn(field._description_string(self.env), str(caught.exception))

    def test_a_reason_is_a_text_like_others(self):
        form = self.forms["利州"]
        for reason, word in ((INVISIBLE, "Give a reason"), ("字" * 1001, "1001")):
            status, answer = self.rpc(
                "division", form._name, "action_record_unfiled", form.ids, reason=reason
            )
            self.assertEqual(status, 422)
            self.assertIn(word, answer["message"])

    def test_what_the_database_cannot_hold_is_no_error_anywhere(self):
        """In domains, in names that are looked for, and in the texts that methods take."""
        for text in ("甲\0", "甲\ud83d"):
            for method, arguments in (
                ("search_read", {"domain": [["name", "ilike", text]], "fields": ["name"]}),
                ("name_search", {"name": text}),
            ):
                status, answer = self.rpc("division", "it.kpi.unit", method, **arguments)
                self.assertEqual(status, 200, answer)
        form = self.forms["利州"]
        status, answer = self.rpc(
            "reporter",
            form._name,
            "message_post",
            form.ids,
            body="甲\0乙\ud83d",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(status, 200, answer)
