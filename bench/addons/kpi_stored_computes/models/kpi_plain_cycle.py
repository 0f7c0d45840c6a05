from odoo import fields, models


class KpiPlainCycle(models.Model):
    """A year."""

    _name = "kpi.plain.cycle"
    _description = "Plain Year"

    name = fields.Char(required=True)
    unit_ids = fields.One2many("kpi.plain.unit", "cycle_id")
