import hashlib
import logging
import time

import psycopg2

from odoo import Command, fields, models
from odoo.tools import clean_context
from odoo.tools.safe_eval import safe_eval

from ...printing.errors import NotPrinted, PrintingError
from ...printing.pool import SIGNATURE
from ...tools.digest import fold_digest

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
        until = time.monotonic() + SIGNATURE.seconds
        for form in clean.browse(dict.fromkeys(self.ids)):
            form.sudo().version += 1
            form.sudo()._draw_code()
            for reference in self._signed_reports:
                limits = SIGNATURE._replace(seconds=until - time.monotonic())
                form = form.with_context(it_kpi_limits=limits)
                report = form.env.ref(reference).sudo()
                content = form._print_signed(report)
                if content:
                    form._keep_document(content, form._get_document_name(report))

    def _print_signed(self, report):
        """Return the PDF, or None if it cannot be printed: the signature does not fail with it.

        What takes too long now is printed by a job, from the document as it was signed. Errors of
        the database are raised: a serialization failure has the request retried.
        """
        self.env.cr.flush()
        reports = report.sudo(False)
        try:
            with self.env.cr.savepoint():
                content, kind = reports._render_qweb_pdf(report.report_name, self.ids)
        except psycopg2.Error:
            raise
        except (NotPrinted, PrintingError) as error:
            _logger.info("%s of %s is printed by a job: %s", report.report_name, self, error)
            self._print_signed_later(report)
            return None
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

    def _print_signed_later(self, report):
        """Have a job print and keep the report, from its HTML of this moment."""
        [(_id, html)] = report.sudo(False)._render_it_kpi_documents(report, None, self.ids)
        self.env["it.kpi.job"]._ask_paper(self, report, self._get_document_name(report), html)
        self._message_log(
            body=self.env._(
                "“%(document)s” takes longer to print. It is printed in the background, as it was "
                "signed, and kept here within some minutes.",
                document=report.name,
            )
        )

    def _get_document_name(self, report):
        form = self.sudo()
        name = safe_eval(report.print_report_name, {"object": self})
        return f"{name}（第{form.version}版）.pdf"

    def _keep_document(self, content, name):
        """Attach a signed version, a PDF (bytes), and write its checksum into the log."""
        form = self.sudo()
        checksum = hashlib.sha256(content).hexdigest()
        file = form.env["ir.attachment"].create(
            {
                "name": name,
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
                "Signed version: %(name)s (SHA-256 %(checksum)s)",
                name=file.name,
                checksum=fold_digest(checksum),
            ),
            attachment_ids=[Command.link(file.id)],
        )
