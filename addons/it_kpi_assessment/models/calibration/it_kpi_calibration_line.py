from odoo import fields, models

from .it_kpi_calibration_sheet import BY_GRADER


class ItKpiCalibrationLine(models.Model):
    """How one person grades one indicator of a form, and what the unit had written."""

    _name = "it.kpi.calibration.line"
    _inherit = ["it.kpi.marked.line"]
    _description = "Line of a Calibration Sheet"

    _editable_depends = ("form_id.state", "form_id.calibration_id.state")
    _editable = dict.fromkeys(("grade_id", "not_applicable", "remark"), BY_GRADER)

    form_id = fields.Many2one(
        "it.kpi.calibration.sheet", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="form_id.company_id", store=True, index=True, precompute=True
    )
    own_explanation = fields.Text(
        "Explanation of the Unit", readonly=True, help="Without names of units and people."
    )
    own_remark = fields.Char("Remark of the Unit", readonly=True, max_length=False)
    own_file_count = fields.Integer(
        "Files of Evidence",
        readonly=True,
        aggregator=None,
        help="How many files the unit had attached. They are not shown: they bear names and seals.",
    )
