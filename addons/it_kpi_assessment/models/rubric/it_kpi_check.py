from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

EFFECTS = [("block", "Blocks"), ("warn", "Warns"), ("off", "Off")]


class Check(NamedTuple):
    """A row of the table of checks: its name, what it does by default, and which method finds it.

    The method ``_find_<kind>`` of a line, or of the form where ``on_line`` is False, returns the
    sentence that says what is wrong, or nothing (form/it_kpi_assessment_findings.py).
    """

    label: LazyTranslate
    effect: str = "warn"
    # Article 5 demands a mark and an explanation of every indicator: these can only block.
    is_fixed: bool = False
    on_line: bool = True


# What is looked at before a self-assessment is handed over and signed, in this order.
CHECKS = {
    "unmarked": Check(_lt("Line without a mark"), "block", is_fixed=True),
    "unexplained": Check(_lt("Mark without an explanation"), "block", is_fixed=True),
    "no_reason": Check(_lt("“Not applicable” without a reason"), "block"),
    "no_evidence": Check(_lt("A or B without evidence")),
    "other_year": Check(_lt("Evidence dated outside the year")),
    "contradiction": Check(_lt("Measured value that contradicts the grade")),
    "jump": Check(_lt("Two grades or more from last year's")),
    "same_person": Check(_lt("Handed over and signed by the same person"), on_line=False),
}


class ItKpiCheck(models.Model):
    """Whether a check before the signature blocks, warns or is off: a setting of the rubric.

    A check without a row, as in a rubric that is older than the check, does what the table says.
    """

    _name = "it.kpi.check"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Check before the Signature"
    _order = "id"
    _rec_name = "kind"

    rubric_id = fields.Many2one("it.kpi.rubric", required=True, index=True, ondelete="cascade")
    kind = fields.Selection("_get_kinds", "Check", required=True)
    effect = fields.Selection(EFFECTS, required=True, default="warn")
    is_fixed = fields.Boolean(compute="_compute_is_fixed")

    _kind_unique = models.Constraint(
        "UNIQUE(rubric_id, kind)", "A rubric says only once what a check does."
    )

    @api.model
    def _get_kinds(self):
        return [(kind, self.env._(check.label)) for kind, check in CHECKS.items()]

    @api.model
    def _prepare_defaults(self):
        return [
            Command.create({"kind": kind, "effect": check.effect}) for kind, check in CHECKS.items()
        ]

    @api.depends("kind")
    def _compute_is_fixed(self):
        for check in self:
            check.is_fixed = bool(check.kind) and CHECKS[check.kind].is_fixed

    @api.constrains("kind", "effect")
    def _check_fixed(self):
        for check in self:
            if check.is_fixed and check.effect != "block":
                raise ValidationError(
                    self.env._(
                        "“%s” always blocks: article 5 demands a mark and an explanation of "
                        "every indicator.",
                        self.env._(CHECKS[check.kind].label),
                    )
                )
