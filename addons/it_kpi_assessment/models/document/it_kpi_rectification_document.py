from odoo import api, fields, models

from ...tools.timezone import get_day


class ItKpiRectification(models.Model):
    """整改通知书 as the office sends it."""

    _inherit = "it.kpi.rectification"

    document_id = fields.Many2one("it.kpi.document", compute="_compute_document_id")
    document_number = fields.Char(compute="_compute_document_id")

    @api.depends_context("uid")
    def _compute_document_id(self):
        """All who read the order know number and date of its letter."""
        documents = self.env["it.kpi.document"].sudo()
        found = documents.search([("order_id", "in", self._origin.ids)])
        by_order = {document.order_id.id: document for document in found}
        for order in self:
            document = by_order.get(order._origin.id, documents.browse())
            order.document_id = document
            order.document_number = document.number

    def action_open_document(self):
        """Open what the office enters about the letter: number, date, stamped file.

        :raise ValidationError: nothing is entered yet, and it is not for the user to enter it
        """
        return self.env["it.kpi.document"]._open(self)

    def _propose_document(self):
        """Return the values of the letter before the office has entered anything."""
        self.ensure_one()
        return {
            "order_id": self.id,
            "company_id": self.company_id.id,
            "issued_on": get_day(self.issued_at),
            "addressee": self.unit_name,
            "printed_by": f"{self.bureau_name}办公室",
        }
