from odoo import api, fields, models

from ...tools.fields import Percent


class ItKpiFormLine(models.AbstractModel):
    """The measured value of a line, and the grade that it proposes and never sets by itself."""

    _inherit = "it.kpi.form.line"

    measured_value = Percent(
        "Measured (%)", help="The percentage measured; it proposes a grade by the thresholds."
    )
    is_measured = fields.Boolean(related="indicator_id.is_measured")
    measure_name = fields.Char(related="indicator_id.measure_name")
    proposed_grade_id = fields.Many2one(
        "it.kpi.grade",
        compute="_compute_proposed_grade_id",
        help="The grade that the measured value reaches.",
    )
    differs_from_proposal = fields.Boolean(compute="_compute_differs_from_proposal")

    @api.depends("measured_value", "indicator_id.criterion_ids.threshold")
    def _compute_proposed_grade_id(self):
        for line in self:
            line.proposed_grade_id = line.indicator_id._get_proposed_grade(line.measured_value)

    @api.depends("proposed_grade_id", "grade_id", "not_applicable")
    def _compute_differs_from_proposal(self):
        for line in self:
            proposed = line.proposed_grade_id
            line.differs_from_proposal = bool(
                proposed and line.is_marked and line.grade_id != proposed
            )

    @api.constrains("measured_value")
    def _check_measured_value(self):
        for line in self:
            line.indicator_id._check_measured_value(line.measured_value)

    @api.onchange("measured_value")
    def _onchange_measured_value(self):
        """On the screen the value fills in the grade; another one can be chosen afterwards."""
        if self.proposed_grade_id:
            self.grade_id = self.proposed_grade_id
            self.not_applicable = False
