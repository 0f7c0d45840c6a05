"""Download of the reports, from the replica or from the primary database server."""

import json

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController

OURS = "it_kpi_assessment."


def _is_settled(report_name):
    """Return whether the report's model is immutable, so that it may be read from the replica."""
    named = [("report_name", "=", report_name)]
    report = request.env["ir.actions.report"].sudo().search(named, limit=1)
    primary = request.registry["it.kpi.primary"]
    return bool(report.model) and not issubclass(request.registry[report.model], primary)


class SettledReportController(ReportController):
    """The database server that a report of this addon is read from, if there is a replica.

    Results are read from the replica, also for the download of the web client, for which Odoo
    uses the primary. Records that users still edit are read from the primary, so that a printed
    form has everything that its user has just saved.
    """

    def _is_report_readonly(self, rule, args):
        name = args["reportname"]
        return _is_settled(name) if name.startswith(OURS) else True

    def _is_download_readonly(self, rule, args):
        url, _ = json.loads(request.httprequest.values["data"])
        name = url.partition("/report/pdf/")[2].partition("?")[0].partition("/")[0]
        return name.startswith(OURS) and _is_settled(name)

    @http.route(readonly=_is_report_readonly)
    def report_routes(self, reportname, docids=None, converter=None, **data):
        return super().report_routes(reportname, docids, converter, **data)

    @http.route(readonly=_is_download_readonly)
    def report_download(self, data, context=None, token=None, readonly=True):
        return super().report_download(data, context, token, readonly)
