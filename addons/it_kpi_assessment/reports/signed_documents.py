"""What a unit's leader signed, kept as PDF with every submission."""

import hashlib
import logging

from odoo import Command, fields, models
from odoo.tools import clean_context
from odoo.tools.safe_eval import safe_eval

_logger = logging.getLogger(__name__)

SIGNED_REPORTS = ("it_kpi_assessment.assessment_report", "it_kpi_assessment.self_report")


class ItKpiAssessment(models.Model):
    """The signed versions: the form (附件2) and the report, each with its checksum in the log."""

    _inherit = "it.kpi.assessment"

    version = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="How often the form was submitted."
    )
    document_ids = fields.Many2many(
        "ir.attachment",
        "it_kpi_assessment_document_rel",
        "form_id",
        "attachment_id",
        string="Signed Versions",
        readonly=True,
        copy=False,
        help="Form and report as PDF, as signed. A form that is submitted again adds a version.",
    )

    def _keep_signed_documents(self):
        """Attach form and report as they were just signed; earlier versions stay."""
        # The caller's context must not reach the files: no defaults, no sizes for signatures.
        clean = self.with_context(clean_context(self.env.context), bin_size=False)
        for form in clean:
            form.sudo().version += 1
            for reference in SIGNED_REPORTS:
                report = form.env.ref(reference).sudo()
                content = form._print_signed(report)
                if content:
                    form._keep_document(report, content)

    def _print_signed(self, report):
        """Return the PDF, or None if there is none: no submission fails for want of a printer."""
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                content, kind = report.sudo(False)._render_qweb_pdf(report.report_name, self.ids)
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
