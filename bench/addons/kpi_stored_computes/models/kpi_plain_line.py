from odoo import api, fields, models
from odoo.tools import float_round

RATIOS = {"A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4}


class KpiPlainLine(models.Model):
    """A mark, with about as many fields as a line of the real form has."""

    _name = "kpi.plain.line"
    _description = "Plain Line"

    form_id = fields.Many2one("kpi.plain.form", required=True, index=True, ondelete="cascade")
    mean_id = fields.Many2one("kpi.plain.mean", required=True, index=True, ondelete="cascade")
    grade = fields.Selection([(code, code) for code in RATIOS])
    not_applicable = fields.Boolean()
    measured_value = fields.Float()
    remark = fields.Char()
    explanation = fields.Text()
    returned = fields.Boolean()
    return_reason = fields.Char()
    score = fields.Float(digits=(6, 2), compute="_compute_score", store=True)
    points_earned = fields.Float(digits=(6, 2), compute="_compute_points_earned", store=True)

    @api.depends("grade", "mean_id.points")
    def _compute_score(self):
        for line in self:
            earned = line.mean_id.points * RATIOS.get(line.grade, 0)
            line.score = float_round(earned, precision_digits=2)

    @api.depends("score", "not_applicable", "mean_id.mean")
    def _compute_points_earned(self):
        for line in self:
            line.points_earned = line.mean_id.mean if line.not_applicable else line.score
