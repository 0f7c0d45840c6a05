from odoo import api, fields, models


class ItKpiRectification(models.Model):
    """整改通知书 as the office sends it."""

    _inherit = "it.kpi.rectification"

    _document_link = "order_id"
    _document_moment = "issued_at"

    document_number = fields.Char(compute="_compute_document_number")

    @api.depends_context("uid")
    def _compute_document_number(self):
        for order in self:
            order.document_number = order.sudo().document_id.number
