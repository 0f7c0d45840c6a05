from odoo import Command, fields, models


class ItKpiItem(models.Model):
    """考核项目: a group of indicators within a dimension."""

    _name = "it.kpi.item"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Item"
    _order = "sequence, id"

    dimension_id = fields.Many2one(
        "it.kpi.dimension", required=True, index=True, ondelete="cascade"
    )
    rubric_id = fields.Many2one(
        related="dimension_id.rubric_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    form_name = fields.Char(help="The name in attachments 2 and 3, where it differs.")
    points = fields.Float(digits=(6, 2), required=True)
    indicator_ids = fields.One2many("it.kpi.indicator", "item_id")

    _points_positive = models.Constraint(
        "CHECK(points > 0)", "An item must be worth more than 0 points."
    )

    def _prepare_copy(self, grades):
        return {
            **self.copy_data({"dimension_id": False})[0],
            "indicator_ids": [
                Command.create(indicator._prepare_copy(grades)) for indicator in self.indicator_ids
            ],
        }
