from odoo import models


class IrExportsLine(models.Model):
    """A field of a list of fields to export."""

    _name = "ir.exports.line"
    _inherit = ["ir.exports.line", "it.kpi.shared"]

    def _is_shared(self):
        return self.export_id._is_shared()
