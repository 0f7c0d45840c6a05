from odoo import fields, models

from ...const import REASON_LENGTH
from .it_kpi_assessment import BY_UNIT


class ItKpiAssessmentLine(models.Model):
    """How a unit grades itself on one indicator, and why."""

    _name = "it.kpi.assessment.line"
    _inherit = ["it.kpi.form.line"]
    _description = "Line of a Self-Assessment"

    _editable = dict.fromkeys(
        (
            *("grade_id", "not_applicable", "measured_value"),
            *("remark", "explanation", "attachment_ids"),
        ),
        BY_UNIT,
    )

    form_id = fields.Many2one(
        "it.kpi.assessment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    cycle_id = fields.Many2one(related="form_id.cycle_id", store=True, index=True, precompute=True)
    explanation = fields.Text(help="说明: the regulation demands one for every indicator.")
    returned = fields.Boolean(readonly=True, help="The division returned this line.")
    return_reason = fields.Char(readonly=True, max_length=REASON_LENGTH, multiline=True)
