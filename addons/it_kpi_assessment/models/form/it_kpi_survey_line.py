from odoo import fields, models


class ItKpiSurveyLine(models.Model):
    """How the assessment group grades a unit on one indicator."""

    _name = "it.kpi.survey.line"
    _inherit = ["it.kpi.form.line"]
    _description = "Line of an On-Site Survey"

    form_id = fields.Many2one(
        "it.kpi.survey", required=True, readonly=True, index=True, ondelete="cascade"
    )
    cycle_id = fields.Many2one(related="form_id.cycle_id", store=True, index=True, precompute=True)
