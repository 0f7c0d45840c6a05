from odoo import http
from odoo.http import request

from ..roster.layout import FILE_NAME
from .workbook import XLSX, send_file


class RosterController(http.Controller):
    """Download of 单位和人员.xlsx, for the division."""

    @http.route(
        "/it_kpi_assessment/roster",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,  # from the primary server, so that the file has what was just saved
    )
    def download(self):
        """Send the workbook with the units and people that are there.

        :raise AccessError: the user is not of the division
        """
        return send_file(request.env["it.kpi.start"]._build_roster(), XLSX, FILE_NAME)
