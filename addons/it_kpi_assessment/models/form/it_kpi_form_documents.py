import hashlib
import logging

import psycopg2

from odoo import Command, fields, models
from odoo.tools import clean_context
from odoo.tools.i18n import format_list
from odoo.tools.safe_eval import safe_eval

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
        """Have the reports printed and kept in the background, as they were just signed.

        Nobody who signs waits for a print. Its text is stored in the transaction of the signature,
        so a return that follows changes nothing in it, and a server that stops loses nothing.
        Earlier versions stay.
        """
        # The caller's context must not reach the files: no defaults, no sizes for signatures.
        clean = self.with_context(clean_context(self.env.context), bin_size=False)
        for form in clean.browse(dict.fromkeys(self.ids)):
            form.sudo().version += 1
            form.sudo()._draw_code()
            reports = map(form.env.ref, self._signed_reports)
            asked = [report for report in reports if form._ask_signed(report.sudo())]
            if asked:
                form._log_asked(asked)

    def _ask_signed(self, report):
        """Have a job print the report from its HTML of this moment; return whether that worked.

        The signature does not fail with it. Errors of the database are raised: a serialization
        failure has the request retried.
        """
        self.env.cr.flush()
        reports = report.sudo(False)
        try:
            with self.env.cr.savepoint():
                [(_id, html)] = reports._render_it_kpi_documents(report, None, self.ids)
                self.env["it.kpi.job"]._ask_paper(
                    self, report, self._get_document_name(report), html
                )
        except psycopg2.Error:
            raise
        except Exception as error:
            _logger.exception("%s of %s could not be laid out", report.report_name, self)
            self._message_log(
                body=self.env._(
                    "“%(document)s” could not be kept as PDF. It can be printed later. %(error)s",
                    document=report.name,
                    error=error,
                )
            )
            return False
        return True

    def _log_asked(self, reports):
        names = [self.env._("“%s”", report.name) for report in reports]
        self._message_log(
            body=self.env._(
                "%(documents)s: being printed in the background, as signed. Version %(version)s is "
                "kept here within some minutes.",
                documents=format_list(self.env, names),
                version=self.sudo().version,
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
