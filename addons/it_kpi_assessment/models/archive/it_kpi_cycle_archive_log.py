from io import BytesIO

from odoo import models
from odoo.tools import html2plaintext

from ...archive.pieces import Piece, make_file_name
from ...tools.official_words import speak_chinese
from ...tools.timezone import format_moment
from ...workbook.layout import Book, Sheet

COLUMNS = {"时间": 17, "人员": 16, "事项": 34, "内容": 90}
ARROW = "{name}：{old} → {new}"


class ItKpiCycle(models.Model):
    """办理日志 in the archive: what the log says of the year and of all that belongs to it."""

    _inherit = "it.kpi.cycle"

    def _list_log(self):
        """Yield the log of the year, and its source."""
        title = f"{self.year}年度信息化绩效考核办理日志"
        bureau = self.company_id.name
        piece = Piece("log", title, make_file_name(title, ".xlsx"), author=bureau, subject=bureau)
        yield piece, ("log", self.id)

    def _write_log(self):
        """Return the log of the year as a workbook (bytes): a row per message, in their order."""
        stream = BytesIO()
        with Book(stream, {"in_memory": True}) as book:
            sheet = Sheet(book, "办理日志", list(COLUMNS.values()))
            sheet.add_across(f"{self.year}年度信息化绩效考核办理日志", "title")
            sheet.add(*((head, "head") for head in COLUMNS))
            sheet.close_header(1)
            for row in self._get_log_rows():
                sheet.add(*((text or None, "text") for text in row))
            sheet.close_rows()
        return stream.getvalue()

    def _get_log_rows(self):
        """Return time, author, subject and content of every message, as lists of texts."""
        subjects = self._get_logged()
        rows = []
        for records in subjects:
            names = {record.id: record.display_name for record in speak_chinese(records)}
            messages = self.env["mail.message"].search(
                [("model", "=", records._name), ("res_id", "in", records.ids)]
            )
            for message in speak_chinese(messages):
                content = self._describe_message(message)
                if content:
                    author = message.author_id.sudo().name or ""
                    subject = names[message.res_id]
                    rows.append((message.date, message.id, author, subject, content))
        return [(format_moment(row[0]), *row[2:]) for row in sorted(rows)]

    def _get_logged(self):
        """Return what belongs to the year and has a log, as far as the user may read it."""
        publications = self._get_publications()
        orders = self.env["it.kpi.rectification"].search([("cycle_id", "=", self.id)])
        documents = publications.document_id | orders.document_id
        incidents = self.env["it.kpi.incident"].search(self._get_incident_domain())
        return [self, self.assessment_ids, self.survey_ids, incidents, orders, documents]

    def _describe_message(self, message):
        """Return the text of a message and the values that changed, as far as they may be read."""
        trackings = message.sudo().tracking_value_ids._filter_has_field_access(self.env)
        changes = [
            ARROW.format(
                name=change["fieldInfo"]["changedField"],
                old=_show(change["oldValue"]),
                new=_show(change["newValue"]),
            )
            for change in trackings._tracking_value_format()
        ]
        return "\n".join(filter(None, [html2plaintext(message.body or "").strip(), *changes]))


def _show(value):
    return "—" if value is False or value is None or value == "" else str(value)
