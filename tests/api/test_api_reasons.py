"""Whoever moves a result says why: every field and every move, each judged once (W12).

A field that users write without a reason once a year is open, and a move without one, stands here
with the word why that is fine. A new one fails until somebody has judged it.
"""

import inspect

from odoo.tests import tagged

from ..helpers.rights.moves import get_method
from ..helpers.rights.rpc import RpcCase

# While a record is in these states, nothing rests on it yet.
BEFORE = {
    "it.kpi.cycle": ("draft",),
    "it.kpi.rubric": ("draft",),  # the copy of a year is never a draft
    "it.kpi.rectification": ("draft",),
    # The leadership approves what the division handed over, and sends it back with a reason.
    "it.kpi.allocation": ("draft",),
    "it.kpi.allocation.coefficient": ("draft",),
    "it.kpi.allocation.line": ("draft",),
    "it.kpi.commendation": ("draft",),
    "it.kpi.calibration": ("draft",),
}
FILLING = "the unit fills its own form, until its leader signs"
GRADING = "the assessors grade, until they sign; a change voids the signatures"
STAFF = "who works where changes daily; the log of the unit names who came and who went"
NAME = "a name, an order or a place in a list: no number depends on it"
FINDING = "no number depends on an inspection; what it said before stands in its log"
ANSWER = "the unit answers its order, until its leader signs"
OBJECTING = "the unit writes its objection, until its leader signs"
DECIDING = "the head enters what is decided, with its reason, and then decides"
CALIBRATING = "it counts for nothing, and is fixed when it is handed in"
OFFICE = "what stands around the text of a paper, as the office gives it; the log says each change"
# What is written without a reason, and why that is fine.
FREE_FIELDS = {
    "it.kpi.assessment": dict.fromkeys(("line_ids", "report_opening", "report_closing"), FILLING),
    "it.kpi.assessment.line": dict.fromkeys(
        ("grade_id", "not_applicable", "measured_value", "remark", "explanation",
         "attachment_ids"),
        FILLING,
    ),
    "it.kpi.survey": {
        "line_ids": GRADING,
        "visit_date": GRADING,
        "assessor_ids": "only until the assessors begin; afterwards by “Change the assessors”",
    },
    "it.kpi.survey.line": dict.fromkeys(
        ("grade_id", "not_applicable", "measured_value", "remark", "attachment_ids"), GRADING
    ),
    "it.kpi.unit": {
        **dict.fromkeys(("name", "short_name", "kind", "sequence"), NAME),
        "active": "an archived unit still takes part, and what is published stays",
        "company_id": "refused for units that take part in a year",
        **dict.fromkeys(("reporter_ids", "leader_ids", "member_ids"), STAFF),
    },
    "it.kpi.incident": {
        "description": "words about it: unit, kind and day decide, and those are corrected",
        "attachment_ids": "evidence may come later, and be told from what it replaces by the log",
    },
    "it.kpi.inspection": dict.fromkeys(
        ("unit_id", "date", "kind", "place", "finding", "inspector_ids", "indicator_ids",
         "attachment_ids"),
        FINDING,
    ),
    "it.kpi.rectification": {
        "measure_ids": ANSWER,
        "report": ANSWER,
        "verifier_id": "before anything is verified; the log says who was chosen",
        "effectiveness": "the verifier writes it, and then verifies",
        "effect_percent": "the verifier writes it, and then verifies",
    },
    "it.kpi.objection": {"line_ids": OBJECTING, "decision_ids": DECIDING},
    "it.kpi.objection.line": {
        **dict.fromkeys(
            ("objection_id", "result_line_id", "claim", "reason", "attachment_ids"), OBJECTING
        ),
        **dict.fromkeys(("decision", "decision_reason"), DECIDING),
    },
    "it.kpi.document": dict.fromkeys(
        ("number", "signer", "issued_on", "addressee", "copies_to", "printed_by", "is_sealed",
         "stamped_file", "stamped_name"),
        OFFICE,
    ),
    "it.kpi.retention": dict.fromkeys(
        ("retention", "secrecy"), "an archive that was made says what was set then"
    ),
    "it.kpi.calibration.sheet": {"line_ids": CALIBRATING},
    "it.kpi.calibration.line": dict.fromkeys(
        ("grade_id", "not_applicable", "remark"), CALIBRATING
    ),
    "it.kpi.rectification.talk": dict.fromkeys(
        ("date", "people", "points"), "a record of what was said: no number depends on it"
    ),
    "it.kpi.rectification.measure": dict.fromkeys(
        ("name", "weakness_ids", "owner", "due_date", "order_id", "done", "done_on", "remark",
         "attachment_ids"),
        ANSWER,
    ),
}  # fmt: skip
SIGNED = "a signature is its reason"
ONWARD = "the next step of the year or of a paper; it takes nothing back"
# The moves without a reason, and why that is fine.
FREE_MOVES = {
    "it.kpi.rubric": dict.fromkeys(
        ("start_trial", "make_effective", "archive"), "a year that is open has a copy of its own"
    ),
    "it.kpi.cycle": {
        "open": ONWARD,
        "approve": ONWARD,
        "propose": ONWARD,
        "approve_again": ONWARD,
        "renew_notice": ONWARD,
        "publish": ONWARD,
        "archive": ONWARD,
    },
    "it.kpi.assessment": {
        "hand_over": ONWARD,
        "recall": "the unit's own handing over, before its leader signs",
        "submit": SIGNED,
    },
    "it.kpi.survey": {
        "sign": SIGNED,
        "withdraw_signature": "one's own, before the head confirms",
        "confirm": SIGNED,
    },
    "it.kpi.objection": {
        "hand_over": ONWARD,
        "submit": SIGNED,
        "receive": ONWARD,
        "decide": "each line has its reason, written down before",
    },
    "it.kpi.rectification": {
        "issue": ONWARD,
        "sign_plan": SIGNED,
        "sign_report": SIGNED,
        "verify": "what was found is written down before",
        "close": ONWARD,
    },
    "it.kpi.allocation": {"propose": ONWARD, "approve": ONWARD},
    "it.kpi.commendation": {"propose": ONWARD, "approve": ONWARD},
    "it.kpi.calibration": {
        "open": ONWARD,
        "close": "nothing of it counts; the log says who is missing",
    },
    "it.kpi.calibration.sheet": {"hand_in": ONWARD},
}
# What an incident is recorded with: by a document, and changed by another one.
RECORDED = {"unit_id", "kind", "date", "decision"}


@tagged("post_install", "-at_install")
class TestApiReasons(RpcCase):
    def get_models(self, table):
        """Return the models that have a table of their own: ``{name: table}``."""
        found = {name: getattr(self.env[name], table, None) for name in self.get_own_models()}
        return {name: rows for name, rows in found.items() if rows}

    def test_every_field_that_is_written_without_a_reason_is_judged(self):
        free = {}
        for model, rows in self.get_models("_editable").items():
            before = BEFORE.get(model, ())
            for name, rule in rows.items():
                if rule.states is None or set(rule.states) - set(before):
                    free.setdefault(model, set()).add(name)
        free.pop("it.kpi.rubric", None)
        self.assertEqual(free, {model: set(rows) for model, rows in FREE_FIELDS.items()})

    def test_every_move_without_a_reason_is_judged(self):
        free = {}
        for model, moves in self.get_models("_moves").items():
            for name in moves:
                method = getattr(self.env[model], get_method(model, name))
                parameters = inspect.signature(method).parameters
                if parameters.keys().isdisjoint(("reason", "reasons")):
                    free.setdefault(model, set()).add(name)
        self.assertEqual(free, {model: set(rows) for model, rows in FREE_MOVES.items()})

    def test_a_reason_is_demanded_and_stands_in_the_log(self):
        """No move of the table takes an empty one: ``_check_reason`` is asked by each."""
        for model, moves in self.get_models("_moves").items():
            for name in moves:
                source = inspect.getsource(getattr(self.env[model], get_method(model, name)))
                if name not in FREE_MOVES.get(model, {}):
                    with self.subTest(model=model, move=name):
                        self.assertIn("self._check_reason(", source)

    def test_what_is_recorded_of_an_incident_is_not_written_again(self):
        incidents = self.env["it.kpi.incident"]
        self.assertEqual(incidents._creation_fields, RECORDED)
        self.assertTrue(RECORDED.isdisjoint(incidents._editable))

    def test_nothing_on_record_is_deleted(self):
        """Not by the division, nor by the administrator: it is corrected or lifted."""
        for model in ("it.kpi.incident", "it.kpi.inspection"):
            year = [("year", "=", self.cycle.year), ("company_id", "=", self.env.company.id)]
            record = self.env[model].search(year, limit=1)
            self.assertTrue(record)
            for person in ("division", "admin"):
                with self.subTest(model=model, person=person):
                    self.refuse(person, record, "unlink")
