from odoo import http

from .workbook import XLSX, send_file


class OfflineFormController(http.Controller):
    """Download of a self-assessment to be filled offline, for users who can fill it now."""

    @http.route(
        "/it_kpi_assessment/offline_form/<model('it.kpi.assessment'):form>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,  # from the primary server, so that the file has what was just saved
    )
    def download(self, form):
        """Send the workbook of one form.

        :raise AccessError: the user may not read the form
        :raise UserError: the user cannot fill it now
        """
        name = f"{form.cycle_id.year}年度信息化绩效考核自评表_{form.unit_id.name}.xlsx"
        return send_file(form._offline_workbook(), XLSX, name)
