from odoo import fields, models
from odoo.tools import ormcache


class ItKpiGrade(models.Model):
    """等次: a grade of a rubric, and the share of the points that it earns (article 6)."""

    _name = "it.kpi.grade"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Grade"
    _order = "sequence, id"
    _rec_name = "code"

    rubric_id = fields.Many2one("it.kpi.rubric", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    ratio = fields.Float(digits=(5, 4), required=True, help="Share of the points, from 0 to 1.")

    _code_unique = models.Constraint(
        "UNIQUE(rubric_id, code)", "A rubric cannot have two grades of the same letter."
    )
    _ratio_range = models.Constraint(
        "CHECK(ratio >= 0 AND ratio <= 1)", "A grade earns between 0 % and 100 % of the points."
    )

    @ormcache("self.id")
    def _get_step(self):
        """Return how many grades of the rubric are better than this one: 0 for the best."""
        return self.sudo().rubric_id.grade_ids.ids.index(self.id)
