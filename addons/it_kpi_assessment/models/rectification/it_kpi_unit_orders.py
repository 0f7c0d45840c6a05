from odoo import api, fields, models

from ...tools.counting import count_by


class ItKpiUnit(models.Model):
    """The rectification orders of a unit, for the smart button."""

    _inherit = "it.kpi.unit"

    rectification_count = fields.Integer(
        "Rectification Orders", compute="_compute_rectification_count"
    )

    @api.depends_context("uid")
    def _compute_rectification_count(self):
        counts = count_by(self.env["it.kpi.rectification"], "unit_id", self)
        for unit in self:
            unit.rectification_count = counts.get(unit, 0)
