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
    """Which database server a print of ours is read from, where there is a replica.

    Results come from the replica, by the download of the web client as well, which Odoo reads
    from the primary. What people are at work on comes from the primary: whoever prints the form
    that he just filled in has all of it on paper.
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
