from odoo import Command, api, fields, models


class ItKpiIndicator(models.Model):
    """考核指标及评价要点: what is graded, one line on each form."""

    _name = "it.kpi.indicator"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Indicator"
    _order = "dimension_id, item_id, sequence, id"

    item_id = fields.Many2one("it.kpi.item", required=True, index=True, ondelete="cascade")
    dimension_id = fields.Many2one(
        related="item_id.dimension_id", store=True, index=True, precompute=True
    )
    rubric_id = fields.Many2one(
        related="item_id.rubric_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(
        required=True, help="Number of the row; a new version is mapped by it to the former one."
    )
    name = fields.Char(required=True)
    form_name = fields.Char(help="The name in attachments 2 and 3, where it differs.")
    form_label = fields.Char(compute="_compute_form_label")
    points = fields.Float(digits=(6, 2), required=True)
    criterion_ids = fields.One2many("it.kpi.criterion", "indicator_id")

    _points_positive = models.Constraint(
        "CHECK(points > 0)", "An indicator must be worth more than 0 points."
    )
    _code_unique = models.Constraint(
        "UNIQUE(rubric_id, code)", "Two indicators of a rubric have the same code."
    )

    @api.depends("name", "form_name")
    def _compute_form_label(self):
        for indicator in self:
            indicator.form_label = indicator.form_name or indicator.name

    def _get_missing_texts(self):
        """Return a sentence for every grade that this indicator has no text for."""
        missing = self.rubric_id.grade_ids - self.criterion_ids.filtered("text").grade_id
        return [
            self.env._(
                "%(indicator)s has no text for grade %(grade)s.",
                indicator=self.name,
                grade=grade.code,
            )
            for grade in missing
        ]

    def _prepare_copy(self, grades):
        return {
            **self.copy_data({"item_id": False})[0],
            "criterion_ids": [
                Command.create(
                    criterion.copy_data(
                        {"indicator_id": False, "grade_id": grades[criterion.grade_id].id}
                    )[0]
                )
                for criterion in self.criterion_ids
            ],
        }
