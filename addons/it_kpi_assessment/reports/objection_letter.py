"""复核决定书: the texts that the letter needs besides the fields of the objection."""

from typing import NamedTuple

from odoo import models

from ..tools import chinese
from ..tools.official_words import FORM_NAMES, MARKS

DECISIONS = {"maintained": "维持", "corrected": "更正", False: "尚未决定"}
STOPS = "。.；;"


class Line(NamedTuple):
    """A line objected to, as texts."""

    form: str
    indicator: str
    mark: str
    score: str
    claim: str  # without a stop
    grounds: str  # why the unit claims it
    decision: str
    reason: str  # of the decision


class ObjectionLetter(models.AbstractModel):
    """复核决定书: the decision on an objection as an official letter to its unit."""

    _name = "report.it_kpi_assessment.report_objection"
    _description = "Decision on the Objection"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": self.env["it.kpi.objection"].browse(docids),
            "get_lines": self._get_lines,
            "numbered": chinese.numeral,
        }

    def _get_lines(self, objection):
        """Return the ``Line`` of each line; all who read the objection read what it is about."""
        return [self._get_line(line, line.sudo().result_line_id) for line in objection.line_ids]

    def _get_line(self, line, row):
        return Line(
            FORM_NAMES[row.kind],
            row.indicator_id.name,
            row.grade_id.code if row.origin == "graded" else MARKS[row.origin],
            f"{row.score:.2f}",
            line.claim.strip().rstrip(STOPS),
            _end_sentence(line.reason),
            DECISIONS[line.decision],
            _end_sentence(line.decision_reason),
        )


def _end_sentence(text):
    """Return a text of a user as a sentence on one line; an empty text stays empty."""
    text = "".join((text or "").split("\n")).strip().rstrip(STOPS)
    return f"{text}。" if text else ""
