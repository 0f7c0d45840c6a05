from odoo import api, fields, models

from ..const import REASON_LENGTH


class ItKpiReturnWizardLine(models.TransientModel):
    """A line that can be returned to the unit."""

    _name = "it.kpi.return.wizard.line"
    _description = "Line to Return"

    wizard_id = fields.Many2one("it.kpi.return.wizard", required=True, ondelete="cascade")
    line_id = fields.Many2one(
        "it.kpi.assessment.line", "Indicator", required=True, ondelete="cascade"
    )
    indicator_label = fields.Char(related="line_id.indicator_label")
    grade_id = fields.Many2one(related="line_id.grade_id", related_sudo=False)
    not_applicable = fields.Boolean(related="line_id.not_applicable", related_sudo=False)
    explanation = fields.Text(related="line_id.explanation", related_sudo=False)
    is_returned = fields.Boolean("Return")
    reason = fields.Char(max_length=REASON_LENGTH, multiline=True)

    @api.onchange("reason")
    def _onchange_reason(self):
        """Choose the line when a reason is given."""
        if self.reason:
            self.is_returned = True
