"""Words and numbers that are only in hidden records: an answer with one of them shows too much."""

import json
import re

from odoo.tools import SQL

from odoo.addons.it_kpi_assessment.models.ir_attachment import EVIDENCE_MODELS

from ..common import ROLES
from .matrix import MATRIX, Rights
from .rpc import RpcCase

# Models whose records are not for everybody; what the others say is no secret in the bureau.
GUARDED = [
    model
    for model, rows in MATRIX.items()
    if not {"wizard", "ranking"} & set(model.split("."))
    if any(rows.get(role, Rights()).read != "all" for role in ROLES)
]
CODES = ("veto_kinds", "band_grounds")  # texts that the system itself reads
KNOWN = ("unit_name", "unit_short_name")  # all in the bureau know what its units are called
WORD = re.compile(r"秘([a-z.]+)-(\d+)密")
NUMBER = re.compile(r"\b[2-8]\d{3}\.\d{1,2}\b")


class SecretsCase(RpcCase):
    """Every text of a guarded record names the record, and every amount is its alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.numbers = {}
        for model in EVIDENCE_MODELS:
            for record in cls.env[model].search([]):
                cls.env["ir.attachment"].create(
                    {
                        "name": f"秘{model}-{record.id}密",
                        "raw": f"秘{model}-{record.id}密".encode(),
                        "res_model": model,
                        "res_id": record.id,
                    }
                )
        cls.env.flush_all()
        for model in GUARDED:
            if cls.env[model]._auto:
                cls.hide_words(cls.env[model])
        cls.env.cr.execute(
            """UPDATE mail_message SET body = '秘' || model || '-' || res_id || '密'
                WHERE model = ANY(%s)""",
            [list(GUARDED)],
        )
        cls.env.invalidate_all()
        cls.readable = {}

    @classmethod
    def hide_words(cls, model):
        """Put a word that names the record in all its texts, and a number in its amounts."""
        for field in model._fields.values():
            if not (field.store and field.column_type) or field.name in CODES + KNOWN:
                continue
            column = SQL.identifier(field.name)
            table = SQL.identifier(model._table)
            if field.type in ("char", "text"):
                word = SQL("'秘' || %s || '-' || id || '密'", model._name)
                cls.env.cr.execute(SQL("UPDATE %s SET %s = %s", table, column, word))
            elif field.type == "float":
                cls.hide_numbers(model, field.name)

    @classmethod
    def hide_numbers(cls, model, name):
        """Give the amount of each record a number of its own."""
        records = model.search([])
        numbers = [round(2000.01 + (len(cls.numbers) + n) / 4, 2) for n in range(len(records))]
        cls.numbers |= {
            f"{number:.2f}".rstrip("0"): record
            for number, record in zip(numbers, records, strict=True)
        }
        cls.env.execute_query(
            SQL(
                """UPDATE %s r SET %s = own.number
                     FROM unnest(%s::int[], %s::numeric[]) own(id, number)
                    WHERE r.id = own.id RETURNING r.id""",
                SQL.identifier(model._table),
                SQL.identifier(name),
                records.ids,
                numbers,
            )
        )

    def is_readable(self, role, record):
        """Return whether a role may read a record, by the rules that ``MATRIX`` tries."""
        key = (role, record._name)
        if key not in self.readable:
            records = self.env[record._name].search([]).with_user(self.users[role])
            self.readable[key] = set(records._filtered_access("read").ids)
        return record.id in self.readable[key]

    def find_secrets(self, role, answer):
        """Return the records that an answer shows and that the role may not read."""
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        found = {self.env[model].browse(int(number)) for model, number in WORD.findall(text)}
        found |= {self.numbers[n] for n in NUMBER.findall(text) if n in self.numbers}
        return {record for record in found if not self.is_readable(role, record)}
