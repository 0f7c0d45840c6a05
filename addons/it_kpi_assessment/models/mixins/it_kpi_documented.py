from odoo import api, fields, models

from ...tools.timezone import get_day


class ItKpiDocumented(models.AbstractModel):
    """Mixin: a record that the office sends as an official document (公文)."""

    _name = "it.kpi.documented"
    _description = "Record That Is Sent as an Official Document"

    # The field of ``it.kpi.document`` that names the record, and the moment that dates it.
    _document_link = None
    _document_moment = None

    document_id = fields.Many2one("it.kpi.document", compute="_compute_document_id")

    @api.depends_context("uid")
    def _compute_document_id(self):
        """All who read the record know number and date of its document."""
        link = self._document_link
        found = self.env["it.kpi.document"].sudo().search([(link, "in", self._origin.ids)])
        by_record = {document[link].id: document for document in found}
        for record in self:
            record.document_id = by_record.get(record._origin.id)

    def action_open_document(self):
        """Open what the office enters about the document: number, date, stamped file.

        :raise ValidationError: nothing is entered yet, and it is not for the user to enter it
        """
        return self.env["it.kpi.document"]._open(self)

    def _propose_document(self):
        """Return the values of the document before the office has entered anything."""
        self.ensure_one()
        return {
            self._document_link: self.id,
            "company_id": self.company_id.id,
            "issued_on": get_day(self[self._document_moment]),
            "addressee": self._get_addressee(),
            "printed_by": f"{self.bureau_name}办公室",
        }

    def _get_addressee(self):
        """Return 主送机关: the unit that the document is about."""
        return self.unit_name
