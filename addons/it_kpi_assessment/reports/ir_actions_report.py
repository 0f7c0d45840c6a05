"""Rendering of the addon's reports by WeasyPrint."""

import io
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import split_every
from odoo.tools.safe_eval import safe_eval, time

from ..const import AT_ONCE
from ..printing.pdf import load_weasyprint
from ..printing.printers import Processes, count_cores
from ..tools import chinese
from ..tools.decimals import plain_points
from ..tools.official_words import speak_chinese, write_remark
from ..tools.records import take_each_once
from .check_code import draw_check
from .official import get_bureau, get_office, issued_width
from .survey_signers import get_signers


class IrActionsReport(models.Model):
    """Reports of this addon: printed by WeasyPrint, many records as one file."""

    _inherit = "ir.actions.report"

    def _is_it_kpi(self):
        return (self.report_name or "").startswith("it_kpi_assessment.")

    def _get_rendering_context(self, report, docids, data):
        if report._is_it_kpi():
            named = self.env[report.model].browse(docids)
            docids = take_each_once(named, AT_ONCE).ids
        values = super()._get_rendering_context(report, docids, data)
        if report._is_it_kpi():
            values["docs"].check_access("read")
            values.update(
                paper=report.get_paperformat(),
                bureau=get_bureau(values["docs"]),
                chinese_date=chinese.date,
                numeral=chinese.numeral,
                counted=chinese.count,
                plain=plain_points,
                write_remark=write_remark,
                get_office=get_office,
                get_signers=get_signers,
                issued_width=issued_width,
                draw_check=partial(draw_check, self.get_base_url()),
            )
        return values

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report._is_it_kpi():
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        if not res_ids:
            raise UserError(self.env._("Choose what to print first."))
        records = take_each_once(self.env[report.model].browse(res_ids), AT_ONCE)
        documents = self._render_it_kpi_documents(report, data, records.ids)
        title = report._get_it_kpi_title(records)
        content = report._print_it_kpi_file(documents, len(records), title)
        return {records.ids[0]: {"stream": io.BytesIO(content), "attachment": None}}

    def _render_it_kpi_documents(self, report, data, res_ids):
        """Yield id and HTML of every record; they are read from the database ``AT_ONCE`` together.

        :raise AccessError: the user may not read one of them
        """
        now = f"{fields.Datetime.now().isoformat()}Z"
        for ids in split_every(AT_ONCE, dict.fromkeys(res_ids), list):
            values = self._get_rendering_context(report, ids, data)
            for record in values["docs"]:
                paper_title = report._get_it_kpi_title(record)
                values.update(docs=record, paper_title=paper_title, printed_at=now)
                values["bookmark"] = record.unit_name if "unit_name" in record else paper_title
                yield record.id, self._render_template(report.report_name, values).decode()

    def _get_it_kpi_title(self, records):
        """Return the title of the paper of a record, or of the file of several."""
        if len(records) > 1:
            return f"{speak_chinese(self).name}（{len(records)}份）"
        if not self.print_report_name:
            return speak_chinese(self).name
        return safe_eval(self.print_report_name, {"object": records, "time": time})

    def _get_it_kpi_printers(self):
        """Return ``Printers`` for many HTML documents, on all cores, as a context manager.

        The system parameter ``it_kpi_assessment.print_processes`` can set another number.

        :raise UserError: WeasyPrint is not installed
        """
        parameters = self.env["ir.config_parameter"].sudo()
        wanted = parameters.get_param("it_kpi_assessment.print_processes") or ""
        count = max(int(wanted), 1) if wanted.isdecimal() else count_cores()
        self._check_it_kpi_engine()
        return Processes(count)

    @api.model
    def _check_it_kpi_engine(self):
        """Raise a UserError unless WeasyPrint, which prints everything, is installed."""
        if not load_weasyprint():
            raise UserError(
                self.env._(
                    "No PDF can be made: WeasyPrint 63 or newer is not installed. Have the "
                    "administrator install the Python package (pip install weasyprint) with the "
                    "Pango library."
                )
            )
