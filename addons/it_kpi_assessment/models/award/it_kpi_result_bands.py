from odoo import fields, models


class ItKpiResult(models.Model):
    """The grade of a unit as it was frozen on publication (R11)."""

    _inherit = "it.kpi.result"

    band = fields.Char(compute=None, store=True, readonly=True)
    band_place = fields.Integer(compute=None, store=True, readonly=True)
    band_reached = fields.Char(compute=None, store=True, readonly=True)
    band_grounds = fields.Char(compute=None, store=True, readonly=True)
