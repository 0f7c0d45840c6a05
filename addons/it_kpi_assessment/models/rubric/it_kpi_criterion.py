from odoo import api, fields, models
from odoo.exceptions import ValidationError


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

    _grade_unique = models.Constraint(
        "UNIQUE(indicator_id, grade_id)", "An indicator has one text per grade."
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
