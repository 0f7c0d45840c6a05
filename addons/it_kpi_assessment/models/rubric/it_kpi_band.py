from odoo import fields, models


class ItKpiBand(models.Model):
    """等次 of units: a grade that a unit gets for its final, such as 优秀 from 90 points.

    They are a setting of the rubric. With none of them units have ranks and no grades.
    """

    _name = "it.kpi.band"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Grade of Units"
    _order = "threshold desc, id"

    rubric_id = fields.Many2one("it.kpi.rubric", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True, max_length=20, help="As official papers print it.")
    threshold = fields.Float(
        "From Final",
        digits=(6, 2),
        required=True,
        help="The least final that reaches the grade, in points, included.",
    )

    _threshold_unique = models.Constraint(
        "UNIQUE(rubric_id, threshold)", "Two grades of units cannot begin at the same final."
    )
    _name_unique = models.Constraint(
        "UNIQUE(rubric_id, name)", "Two grades of units cannot have the same name."
    )
    _threshold_positive = models.Constraint(
        "CHECK(threshold >= 0)", "A final is at least 0 points."
    )
