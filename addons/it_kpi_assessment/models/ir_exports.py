from odoo import models


class IrExports(models.Model):
    """Lists of fields to export, which everybody who exports from the screen is offered."""

    _name = "ir.exports"
    _inherit = ["ir.exports", "it.kpi.shared"]

    def _is_shared(self):
        return (self.resource or "").startswith("it.kpi.")
