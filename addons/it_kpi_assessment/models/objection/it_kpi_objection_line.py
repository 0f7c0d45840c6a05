from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import REASON_LENGTH
from ...tools.locking import touch
from .it_kpi_objection import BY_HEAD, BY_UNIT


class ItKpiObjectionLine(models.Model):
    """A line of a result that a unit objects to: claim, reason and evidence, and the decision."""

    _name = "it.kpi.objection.line"
    _inherit = ["it.kpi.primary", "it.kpi.editable", "it.kpi.evidenced"]
    _description = "Line Objected To"
    _order = "objection_id, result_line_id, id"
    _rec_names_search = ["result_line_id.indicator_id"]

    _state_holder = "objection_id"
    _editable_depends = ("objection_id.state",)
    _editable = {
        **dict.fromkeys(
            ("objection_id", "result_line_id", "claim", "reason", "attachment_ids"), BY_UNIT
        ),
        **dict.fromkeys(("decision", "decision_reason"), BY_HEAD),
    }

    objection_id = fields.Many2one(
        "it.kpi.objection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="objection_id.company_id", store=True, index=True, precompute=True
    )
    result_id = fields.Many2one(related="objection_id.result_id")
    result_line_id = fields.Many2one(
        "it.kpi.result.line",
        "Line of the Result",
        required=True,
        ondelete="restrict",
        domain="[('result_id', '=', result_id)]",
    )
    kind = fields.Selection(related="result_line_id.kind")
    indicator_id = fields.Many2one(related="result_line_id.indicator_id")
    grade_id = fields.Many2one(related="result_line_id.grade_id")
    not_applicable = fields.Boolean(related="result_line_id.not_applicable")
    score = fields.Float(related="result_line_id.score", digits=(6, 2))
    points = fields.Float(related="result_line_id.points", digits=(6, 2))
    claim = fields.Char(
        required=True,
        max_length=REASON_LENGTH,
        multiline=True,
        help="What the unit asks for, such as another grade.",
    )
    reason = fields.Text(required=True, max_length=REASON_LENGTH, help="Why, by which facts.")
    decision = fields.Selection(
        [("maintained", "Maintained"), ("corrected", "Corrected")],
        "Ruling",
        help="维持: the line stays as it is. 更正: it is reopened and gets another mark.",
    )
    decision_reason = fields.Text("Reason of the Decision", max_length=REASON_LENGTH)

    _line_unique = models.Constraint(
        "UNIQUE(objection_id, result_line_id)", "An objection names a line once."
    )

    @api.depends("result_line_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self.sudo():
            line.display_name = line.result_line_id.display_name

    @api.constrains("objection_id", "result_line_id")
    def _check_same_result(self):
        for line in self.sudo():
            if line.result_line_id.result_id != line.objection_id.result_id:
                raise ValidationError(
                    self.env._("Choose a line of the result that the objection is about.")
                )

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and "objection_id" in vals:
            self._check_editable(vals)  # in the objection that they belong to now
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        if not self.env.su:
            self._check_editable(["result_line_id"])

    def _check_unlocked(self):
        """Raise a UserError if the current user can no longer change the evidence."""
        self._check_editable(["attachment_ids"])

    def _lock_for_edit(self, names):
        """Touch the objection, so that a concurrent signature or decision is retried on the
        changed lines."""
        touch(self.objection_id)
