from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...const import FORM_KINDS
from ...tools.decimals import exact


class ItKpiRectificationWeakness(models.Model):
    """薄弱环节: an indicator where the unit lost points, as the published result shows it.

    It refers to the frozen lines of the result, so that its figures cannot change. All users who
    read the order read it: an assessor who verifies may not read the result itself.
    """

    _name = "it.kpi.rectification.weakness"
    _inherit = ["it.kpi.explained"]
    _description = "Weak Indicator"
    _order = "order_id, indicator_id, id"
    _rec_name = "indicator_id"

    order_id = fields.Many2one(
        "it.kpi.rectification", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, precompute=True
    )
    indicator_id = fields.Many2one(
        "it.kpi.indicator", required=True, readonly=True, index=True, ondelete="restrict"
    )
    dimension_id = fields.Many2one(related="indicator_id.dimension_id")
    points = fields.Float(related="indicator_id.points")
    assessment_line_id = fields.Many2one("it.kpi.result.line", readonly=True, ondelete="restrict")
    survey_line_id = fields.Many2one("it.kpi.result.line", readonly=True, ondelete="restrict")
    assessment_mark = fields.Char("Self-Assessment Mark", compute="_compute_marks")
    survey_mark = fields.Char("On-Site Mark", compute="_compute_marks")
    assessment_score = fields.Float("Self-Assessment Score", related="assessment_line_id.score")
    survey_score = fields.Float("On-Site Score", related="survey_line_id.score")
    measure_ids = fields.Many2many(
        "it.kpi.rectification.measure",
        "it_kpi_rectification_measure_weakness_rel",
        "weakness_id",
        "measure_id",
        "Measures",
        readonly=True,
    )

    _indicator_unique = models.Constraint(
        "UNIQUE(order_id, indicator_id)", "An order names an indicator once."
    )

    @api.depends("assessment_line_id", "survey_line_id")
    @api.depends_context("lang")
    def _compute_marks(self):
        labels = {
            "mean": self.env._("not applicable"),
            "dropped": self.env._("not applicable"),
            "zeroed": self.env._("zeroed by an incident"),
            "unfiled": self.env._("not filed"),
        }
        for weakness in self:
            for kind, _label in FORM_KINDS:
                weakness[f"{kind}_mark"] = weakness._get_mark(kind, labels)

    def _get_mark(self, kind, labels):
        """Return the grade on one kind of form, or what the labels say where none counts."""
        line = self.sudo()[f"{kind}_line_id"]
        return line.grade_id.code if line.origin == "graded" else labels[line.origin or "unfiled"]

    def write(self, vals):
        raise UserError(self.env._("A weak indicator stands as the published result shows it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A weak indicator stands as the published result shows it."))

    @api.model
    def _prepare_commands(self, result):
        """Return the commands that create the weaknesses of a published result."""
        percent = exact(result.publication_id.rubric_id.weak_percent)
        lines = {(line.kind, line.indicator_id): line for line in result.line_ids}
        weak = result.line_ids.filtered(lambda line: self._is_weak(line, percent)).indicator_id
        weak |= self._get_concerned(result)
        return [
            Command.create(
                {
                    "indicator_id": indicator.id,
                    **{
                        f"{kind}_line_id": lines[kind, indicator].id
                        for kind, _label in FORM_KINDS
                        if (kind, indicator) in lines
                    },
                }
            )
            for indicator in result.publication_id.rubric_id.indicator_ids & weak
        ]

    def _get_concerned(self, result):
        """Return the indicators that the incidents behind a veto of the final are about."""
        kinds = (result.veto_kinds or "").split(",")
        vetoes = result.publication_id.rubric_id.veto_ids
        return vetoes.filtered(lambda veto: veto.kind in kinds).concerned_id

    def _is_weak(self, line, percent):
        """Return whether a line earned less than this share of its points.

        A mean in place of a missing indicator says nothing about the unit.
        """
        own = line.origin in ("graded", "zeroed")
        return own and 100 * exact(line.score) < percent * exact(line.points)
