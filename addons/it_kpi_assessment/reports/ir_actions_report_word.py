"""Official documents as Word files, for the office that puts number, red head and seal on them."""

from odoo import models
from odoo.exceptions import UserError

from ..const import AT_ONCE
from ..tools.records import take_each_once

# The prints that the office edits; the forms of the regulation are filled in and signed as PDF.
IN_WORD = (
    *("publication_report", "rectification_report", "self_report", "result_report"),
    "objection_report",
)


class IrActionsReport(models.Model):
    """The Word file of a report, from the HTML that the PDF is printed from."""

    _inherit = "ir.actions.report"

    def _render_it_kpi_word(self, ids):
        """Return content (bytes) and name of the Word file of some records of this report.

        :raise AccessError: the user may not read one of them
        :raise NotPrinted: the user makes other prints already
        :raise UserError: these are too many, or python-docx is not installed
        """
        self.ensure_one()
        records = take_each_once(self.env[self.model].browse(ids), AT_ONCE).exists()
        if not records:
            raise UserError(self.env._("Choose what to print first."))
        self._take_it_kpi_turn(self._get_it_kpi_limits())
        documents = [html for _id, html in self._render_it_kpi_documents(self, None, records.ids)]
        return self._load_word()(documents), f"{self._get_it_kpi_title(records)}.docx"

    def _load_word(self):
        """Return the function that writes Word files; it is loaded when it is first needed."""
        try:
            from ..printing.word import write_word
        except ImportError as error:
            raise UserError(
                self.env._(
                    "No Word file can be made: python-docx is not installed. Have the "
                    "administrator install it (pip install python-docx). The PDF prints without it."
                )
            ) from error
        return write_word
