from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.fields import Percent


class ItKpiCriterion(models.Model):
    """评价细则: what an indicator demands for one grade."""

    _name = "it.kpi.criterion"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Criterion"
    _order = "indicator_id, grade_id, id"
    _rec_name = "text"

    indicator_id = fields.Many2one(
        "it.kpi.indicator", required=True, index=True, ondelete="cascade"
    )
    rubric_id = fields.Many2one(related="indicator_id.rubric_id")
    grade_id = fields.Many2one("it.kpi.grade", required=True, index=True, ondelete="cascade")
    text = fields.Text(required=True)
    threshold = Percent(
        "From (%)",
        help="From this percentage on, this grade is reached. Empty for the last grade, and for "
        "indicators that are not measured.",
    )

    _grade_unique = models.Constraint(
        "UNIQUE(indicator_id, grade_id)", "An indicator has one text per grade."
    )
    _threshold_positive = models.Constraint(
        "CHECK(threshold >= 0)", "A threshold is a percentage of 0 or more."
    )

    @api.constrains("indicator_id", "grade_id")
    def _check_same_rubric(self):
        for criterion in self:
            if criterion.grade_id.rubric_id != criterion.rubric_id:
                raise ValidationError(
                    self.env._(
                        "Grade %(grade)s belongs to another rubric than %(indicator)s.",
                        grade=criterion.grade_id.code,
                        indicator=criterion.indicator_id.name,
                    )
                )
