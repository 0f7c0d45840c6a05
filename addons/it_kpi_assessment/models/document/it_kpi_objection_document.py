from odoo import api, fields, models

from ...tools.timezone import get_day


class ItKpiObjection(models.Model):
    """复核决定书 as the office sends it."""

    _inherit = "it.kpi.objection"

    document_id = fields.Many2one("it.kpi.document", compute="_compute_document_id")

    @api.depends_context("uid")
    def _compute_document_id(self):
        """All who read the objection know number and date of its decision."""
        documents = self.env["it.kpi.document"].sudo()
        found = documents.search([("objection_id", "in", self._origin.ids)])
        by_objection = {document.objection_id.id: document for document in found}
        for objection in self:
            objection.document_id = by_objection.get(objection._origin.id)

    def action_open_document(self):
        """Open what the office enters about the decision: number, date, stamped file.

        :raise ValidationError: nothing is entered yet, and it is not for the user to enter it
        """
        return self.env["it.kpi.document"]._open(self)

    def _propose_document(self):
        """Return the values of the decision before the office has entered anything."""
        self.ensure_one()
        return {
            "objection_id": self.id,
            "company_id": self.company_id.id,
            "issued_on": get_day(self.decided_at),
            "addressee": self.unit_name,
            "printed_by": f"{self.bureau_name}办公室",
        }
