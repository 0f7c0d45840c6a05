"""Download of the ranking workbook."""

from io import BytesIO
from zipfile import ZipFile

from odoo import http
from odoo.http import content_disposition, request

from ..const import MOST_WORKBOOKS
from ..tools.records import take_each_once
from ..workbook.build import XLSX, build_workbook, get_file_name


def send_file(content, content_type, name):
    """Return the response that downloads a file (bytes); browsers and proxies may not cache it."""
    headers = [
        ("Content-Type", content_type),
        ("Content-Disposition", content_disposition(name)),
        ("Cache-Control", "no-store"),
    ]
    return request.make_response(content, headers)


class WorkbookController(http.Controller):
    """Downloads of the ranking workbook, with the rows that the user may read."""

    @http.route(
        [
            "/it_kpi_assessment/workbook/it.kpi.cycle/<models('it.kpi.cycle'):records>",
            "/it_kpi_assessment/workbook/it.kpi.publication/<models('it.kpi.publication'):records>",
        ],
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, records):
        """Send the workbook of one record, or a zip archive of several workbooks.

        :raise AccessError: the user may not read the records
        :raise UserError: these are too many
        """
        records = take_each_once(records, MOST_WORKBOOKS)
        rankings = [record._get_workbook_ranking() for record in records]
        if len(rankings) == 1:
            return send_file(build_workbook(*rankings), XLSX, get_file_name(*rankings))
        archive = BytesIO()
        with ZipFile(archive, "w") as files:
            for number, ranking in enumerate(rankings, 1):  # two bureaus may have the same year
                files.writestr(f"{number}-{get_file_name(ranking)}", build_workbook(ranking))
        return send_file(archive.getvalue(), "application/zip", "信息化绩效考核排名.zip")
