"""How many documents the web client prints itself: the number is that of the server."""

from odoo.tests import HttpCase, tagged

from odoo.addons.it_kpi_assessment.const import AT_ONCE

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestReportDownload(HttpCase, BureauCase):
    def test_the_web_client_gets_the_number_with_the_session(self):
        self.authenticate("test_reporter", "test_reporter")
        session = self.make_jsonrpc_request("/web/session/get_session_info")
        self.assertEqual(session["it_kpi_printed_at_once"], AT_ONCE)
