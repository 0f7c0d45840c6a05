from bisect import bisect_right

from odoo import api, fields, models
from odoo.tools import float_round


class KpiPlainUnit(models.Model):
    """A unit in a year, with what it gets in the end."""

    _name = "kpi.plain.unit"
    _description = "Plain Unit in a Year"
    _order = "rank, id"

    name = fields.Char(required=True)
    cycle_id = fields.Many2one("kpi.plain.cycle", required=True, index=True, ondelete="cascade")
    vetoed = fields.Boolean()
    form_ids = fields.One2many("kpi.plain.form", "unit_id")
    final = fields.Float(digits=(6, 2), compute="_compute_final", store=True)
    rank = fields.Integer(compute="_compute_rank", store=True)

    @api.depends("form_ids.total", "vetoed")
    def _compute_final(self):
        for unit in self:
            totals = unit.form_ids.mapped("total")
            mean = sum(totals) / len(totals) if totals else 0
            unit.final = 0 if unit.vetoed else float_round(mean, precision_digits=2)

    @api.depends("cycle_id.unit_ids.final")
    def _compute_rank(self):
        for cycle, units in self.grouped("cycle_id").items():
            finals = sorted(cycle.unit_ids.mapped("final"))
            for unit in units:
                unit.rank = len(finals) - bisect_right(finals, unit.final) + 1
