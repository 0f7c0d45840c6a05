import hashlib
import logging

import psycopg2

from odoo import Command, fields, models
from odoo.tools import clean_context
from odoo.tools.safe_eval import safe_eval

_logger = logging.getLogger(__name__)


class ItKpiForm(models.AbstractModel):
    """The signed versions of a form: a PDF with every submission and confirmation.

    Each has its checksum in the log. They are as readable as the form, and nobody changes or
    deletes them.
    """

    _inherit = "it.kpi.form"

    # The reports that are kept when the form is filed.
    _signed_reports = ()

    version = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="How often the form was filed: submitted, or confirmed.",
    )
    document_ids = fields.Many2many(
        "ir.attachment",
        string="Signed Versions",
        readonly=True,
        copy=False,
        bypass_search_access=True,
        help="As PDF, as signed. A form that is filed again adds a version.",
    )

    def _keep_signed_documents(self):
        """Attach the reports as they were just signed; earlier versions stay."""
        # The caller's context must not reach the files: no defaults, no sizes for signatures.
        clean = self.with_context(clean_context(self.env.context), bin_size=False)
        for form in clean:
            form.sudo().version += 1
            for reference in self._signed_reports:
                report = form.env.ref(reference).sudo()
                content = form._print_signed(report)
                if content:
                    form._keep_document(report, content)

    def _print_signed(self, report):
        """Return the PDF, or None if it cannot be printed: the signature does not fail with it.

        Errors of the database are raised: a serialization failure has the request retried.
        """
        self.env.cr.flush()
        try:
            with self.env.cr.savepoint():
                content, kind = report.sudo(False)._render_qweb_pdf(report.report_name, self.ids)
        except psycopg2.Error:
            raise
        except Exception as error:
            _logger.exception("%s of %s could not be printed", report.report_name, self)
            self._message_log(
                body=self.env._(
                    "“%(document)s” could not be kept as PDF. It can be printed later. %(error)s",
                    document=report.name,
                    error=error,
                )
            )
            return None
        return content if kind == "pdf" else None  # a test renders HTML unless it asks

    def _keep_document(self, report, content):
        form = self.sudo()
        name = safe_eval(report.print_report_name, {"object": self})
        checksum = hashlib.sha256(content).hexdigest()
        file = form.env["ir.attachment"].create(
            {
                "name": f"{name}（第{form.version}版）.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "description": f"SHA-256: {checksum}",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        form.document_ids = [Command.link(file.id)]
        form._message_log(
            body=self.env._(
                "Signed version %(number)s: %(name)s (SHA-256 %(checksum)s)",
                number=form.version,
                name=file.name,
                checksum=checksum,
            ),
            attachment_ids=[Command.link(file.id)],
        )
