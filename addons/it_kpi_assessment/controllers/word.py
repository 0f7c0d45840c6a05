"""Download of official documents as Word files."""

from odoo import http
from odoo.http import request

from ..reports.ir_actions_report_word import IN_WORD
from .workbook import send_file

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordController(http.Controller):
    """Downloads of the Word files of the reports in ``IN_WORD``."""

    @http.route(
        f"/it_kpi_assessment/word/<any({','.join(IN_WORD)}):name>/<string:ids>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download(self, name, ids):
        """Send one Word file of the records with these ids, separated by commas.

        :raise AccessError: the user may not read one of them
        :raise UserError: there is none, or these are too many
        """
        numbers = [int(part) for part in ids.split(",") if part.isdecimal()]
        report = request.env.ref(f"it_kpi_assessment.{name}").sudo()
        content, file_name = report.with_env(request.env)._render_it_kpi_word(numbers)
        return send_file(content, DOCX, file_name)
