from odoo import api, fields, models

from ...tools.counting import count_by


class ItKpiUnit(models.Model):
    """The inspections of a unit, for the smart button."""

    _inherit = "it.kpi.unit"

    inspection_count = fields.Integer("Inspections", compute="_compute_inspection_count")

    @api.depends_context("uid")
    def _compute_inspection_count(self):
        counts = count_by(self.env["it.kpi.inspection"], "unit_id", self)
        for unit in self:
            unit.inspection_count = counts.get(unit, 0)
