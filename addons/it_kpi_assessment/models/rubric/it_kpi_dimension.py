from odoo import Command, fields, models


class ItKpiDimension(models.Model):
    """考评内容: one of the six parts of a rubric (article 4)."""

    _name = "it.kpi.dimension"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Dimension"
    _order = "sequence, id"

    rubric_id = fields.Many2one("it.kpi.rubric", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    form_name = fields.Char(help="The name in attachments 2 and 3, where it differs.")
    points = fields.Float(digits=(6, 2), required=True)
    item_ids = fields.One2many("it.kpi.item", "dimension_id")
    indicator_ids = fields.One2many("it.kpi.indicator", "dimension_id", readonly=True)

    _points_positive = models.Constraint(
        "CHECK(points > 0)", "A dimension must be worth more than 0 points."
    )

    def _prepare_copy(self, rubric, grades):
        """Return the values of a copy for ``rubric``; ``grades`` maps old grades to new ones."""
        return {
            **self.copy_data({"rubric_id": rubric.id})[0],
            "item_ids": [Command.create(item._prepare_copy(grades)) for item in self.item_ids],
        }
