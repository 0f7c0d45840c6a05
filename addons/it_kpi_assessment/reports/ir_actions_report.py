"""Rendering of the addon's reports by WeasyPrint or wkhtmltopdf."""

import io

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..printing.pdf import adapt_to_wkhtmltopdf, load_weasyprint, print_by_weasyprint
from ..printing.printers import Processes, Threads, count_cores
from ..tools import chinese
from ..tools.decimals import plain_points
from ..tools.official_words import write_remark

# Added to the arguments that a document can set: marks a run of wkhtmltopdf as one of this addon.
OWN_DOCUMENT = "data-report-it-kpi"
PAGE_NUMBER = "第 [page] 页 共 [topage] 页"


class IrActionsReport(models.Model):
    """Reports of this addon: printed by WeasyPrint if installed, one PDF per record."""

    _inherit = "ir.actions.report"

    def _is_it_kpi(self):
        return (self.report_name or "").startswith("it_kpi_assessment.")

    def _get_rendering_context(self, report, docids, data):
        values = super()._get_rendering_context(report, docids, data)
        if report._is_it_kpi():
            values["docs"].check_access("read")
            values.update(
                paper=report.get_paperformat(),
                chinese_date=chinese.date,
                numeral=chinese.numeral,
                counted=chinese.count,
                plain=plain_points,
                write_remark=write_remark,
            )
        return values

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report._is_it_kpi():
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        if not res_ids:
            raise UserError(self.env._("Choose what to print first."))
        to_pdf = self._get_it_kpi_printer(report)
        return {
            record_id: {"stream": io.BytesIO(to_pdf(html)), "attachment": None}
            for record_id, html in self._render_it_kpi_documents(report, data, res_ids)
        }

    def _render_it_kpi_documents(self, report, data, res_ids):
        """Yield id and HTML of every record; all records are read from the database together."""
        values = self._get_rendering_context(report, list(dict.fromkeys(res_ids)), data)
        for record in values["docs"]:
            html = self._render_template(report.report_name, {**values, "docs": record})
            yield record.id, html.decode()

    def _get_it_kpi_printer(self, report):
        """Return a function that returns the PDF of an HTML document.

        :raise UserError: no engine is installed
        """
        if self._get_it_kpi_engine() == "weasyprint":
            return print_by_weasyprint
        return lambda html: self._run_wkhtmltopdf(
            [adapt_to_wkhtmltopdf(html, _wkhtml().is_patched_qt)],
            report_ref=report,
            specific_paperformat_args={OWN_DOCUMENT: True},
        )

    def _get_it_kpi_printers(self, report):
        """Return ``Printers`` for many HTML documents, on all cores, as a context manager.

        The system parameter ``it_kpi_assessment.print_processes`` can set another number.

        :raise UserError: no engine is installed
        """
        parameters = self.env["ir.config_parameter"].sudo()
        wanted = parameters.get_param("it_kpi_assessment.print_processes") or ""
        count = max(int(wanted), 1) if wanted.isdecimal() else count_cores()
        if self._get_it_kpi_engine() == "weasyprint":
            return Processes(count)
        return Threads(count, self._get_it_kpi_printer(report))

    @api.model
    def _get_it_kpi_engine(self):
        """Return the engine of the system parameter, or else the first one that is installed.

        :raise UserError: it is not installed
        """
        parameters = self.env["ir.config_parameter"].sudo()
        engine = parameters.get_param("it_kpi_assessment.pdf_engine")
        available = {
            "weasyprint": bool(load_weasyprint()),
            "wkhtmltopdf": self.get_wkhtmltopdf_state() not in ("install", "broken"),
        }
        engine = engine or next((name for name, there in available.items() if there), None)
        if not available.get(engine):
            raise UserError(
                self.env._(
                    "No PDF can be made: %s is not installed. Have the administrator install "
                    "the Python package WeasyPrint (pip install weasyprint) with the Pango "
                    "library, or else the program wkhtmltopdf.",
                    engine or "WeasyPrint",
                )
            )
        return engine

    @api.model
    def _build_wkhtmltopdf_args(
        self,
        paperformat_id,
        landscape,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Disable scripts: the documents have none, and wkhtmltopdf waits a second for them."""
        args = super()._build_wkhtmltopdf_args(
            paperformat_id, landscape, specific_paperformat_args, set_viewport_size
        )
        if OWN_DOCUMENT in (specific_paperformat_args or {}):
            args += ["--disable-javascript", "--javascript-delay", "0"]
            if _wkhtml().is_patched_qt:
                args += ["--footer-center", PAGE_NUMBER, "--footer-font-size", "9"]
        return args
