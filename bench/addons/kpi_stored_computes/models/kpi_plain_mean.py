from odoo import api, fields, models
from odoo.tools import float_round


class KpiPlainMean(models.Model):
    """The mean of an indicator over the forms of a kind, which 无此项 gets."""

    _name = "kpi.plain.mean"
    _description = "Plain Mean of an Indicator"

    name = fields.Char(required=True)
    cycle_id = fields.Many2one("kpi.plain.cycle", required=True, index=True, ondelete="cascade")
    points = fields.Float(digits=(6, 2))
    line_ids = fields.One2many("kpi.plain.line", "mean_id")
    mean = fields.Float(digits=(6, 2), compute="_compute_mean", store=True)

    @api.depends("line_ids.score", "line_ids.not_applicable")
    def _compute_mean(self):
        for indicator in self:
            scores = [line.score for line in indicator.line_ids if not line.not_applicable]
            mean = sum(scores) / len(scores) if scores else 0
            indicator.mean = float_round(mean, precision_digits=2)
