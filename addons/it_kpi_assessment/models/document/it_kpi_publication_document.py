from odoo import api, fields, models

from ...tools.timezone import get_day

ADDRESSEES = "各县区交通运输局，局直属各单位"


class ItKpiPublication(models.Model):
    """考核结果通报 as the office sends it."""

    _inherit = "it.kpi.publication"

    document_id = fields.Many2one("it.kpi.document", compute="_compute_document_id")

    @api.depends_context("uid")
    def _compute_document_id(self):
        """All who read the publication know number and date of its notice."""
        documents = self.env["it.kpi.document"].sudo()
        found = documents.search([("publication_id", "in", self._origin.ids)])
        by_publication = {document.publication_id.id: document for document in found}
        for publication in self:
            publication.document_id = by_publication.get(publication._origin.id)

    def action_open_document(self):
        """Open what the office enters about the notice: number, date, stamped file.

        :raise ValidationError: nothing is entered yet, and it is not for the user to enter it
        """
        return self.env["it.kpi.document"]._open(self)

    def _propose_document(self):
        """Return the values of the notice before the office has entered anything."""
        self.ensure_one()
        return {
            "publication_id": self.id,
            "company_id": self.company_id.id,
            "issued_on": get_day(self.published_at),
            "addressee": ADDRESSEES,
            "printed_by": f"{self.bureau_name}办公室",
        }
