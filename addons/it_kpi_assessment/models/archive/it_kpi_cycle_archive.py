from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import safe_eval

from ...archive.pieces import Piece, make_file_name
from ...const import CYCLE_PUBLISHED
from ...tools.roles import has_role
from ...tools.timezone import get_day

# Reports of an order, and the field that says since when there is something to print.
ANSWERS = {
    "rectification_plan_report": "plan_signed_at",
    "rectification_result_report": "report_signed_at",
    "rectification_check_report": "verified_at",
}
PDF = ".pdf"


class ItKpiCycle(models.Model):
    """归档包: the papers of a published year as numbered pieces.

    A source says how the content of a piece is had: ``("print", report, model, id)``,
    ``("file", attachment id)``, ``("workbook", publication id)``, ``("log", cycle id)``. The job
    that makes the archive keeps them as JSON.
    """

    _inherit = "it.kpi.cycle"

    def action_build_archive(self):
        """Have the archive of the year made in the background; return the job's page.

        :raise AccessError: the user is not of the division
        :raise UserError: the year is not published, or is being revised
        """
        self.ensure_one()
        self._check_archive()
        return self.env["it.kpi.job"]._ask_archive(self)._get_records_action()

    def _check_archive(self):
        self.check_access("read")
        if not has_role(self.env, "division", self.company_id):
            raise AccessError(
                self.env._("The archive of a year is made by the informatization division.")
            )
        if self.state not in CYCLE_PUBLISHED:
            raise UserError(
                self.env._("%s is not published: there is nothing to archive.", self.display_name)
            )

    def _list_archive(self):
        """Return the pieces of the archive in their order, as pairs of ``Piece`` and source.

        With the rights of the user; the year is published, so the division reads all of it.
        """
        self.ensure_one()
        return [
            *self._list_rubric(),
            *self._list_notices(),
            *self._list_rankings(),
            *self._list_awards(),
            *self._list_forms(self.assessment_ids),
            *self._list_forms(self.survey_ids),
            *self._list_objections(),
            *self._list_incidents(),
            *self._list_orders(),
            *self._list_log(),
        ]

    def _get_publications(self):
        editions = self.env["it.kpi.publication"]
        return editions.search([("cycle_id", "=", self.id)], order="revision")

    def _list_rubric(self):
        rubric = self.rubric_id
        number = rubric.document or ""
        yield self._print("rubric", "rubric_report", rubric, document_number=number)

    def _list_notices(self):
        for edition in self._get_publications():
            document = edition.document_id
            values = {
                "document_number": document.number or "",
                "date": _show(document.issued_on or edition.published_at),
                "author": edition.bureau_name,
            }
            yield self._print("notice", "publication_report", edition, **values)
            yield from self._list_stamped("notice", document, values)

    def _list_stamped(self, kind, document, values):
        """Yield the stamped file that the office put back, if it did."""
        if document.stamped_digest:
            domain = [("res_model", "=", document._name), ("res_id", "=", document.id)]
            files = self.env["ir.attachment"].sudo()
            file = files.search([*domain, ("res_field", "=", "stamped_file")])
            title = document.stamped_name or document.display_name
            stem, dot, extension = title.rpartition(".")
            name = make_file_name(stem or title, f".{extension}" if dot else "")
            yield Piece(kind, title, name, **values, note="盖章件"), ("file", file.id)

    def _list_rankings(self):
        for edition in self._get_publications():
            title = f"{self.year}年度信息化绩效考核排名{edition.edition or ''}"
            piece = Piece(
                *("ranking", title, make_file_name(title, ".xlsx")),
                author=edition.bureau_name,
                date=_show(edition.published_at),
                subject=edition.bureau_name,
            )
            yield piece, ("workbook", edition.id)

    def _list_incidents(self):
        """Yield the register of incidents and the evidence of each, if there are any."""
        incidents = self.env["it.kpi.incident"].search(self._get_incident_domain(), order="date")
        if incidents:
            yield self._print("incident", "incident_report", self)
        for incident in incidents:
            values = {
                "document_number": incident.decision,
                "date": _show(incident.date),
                "subject": incident.unit_id.name,
            }
            yield from self._list_evidence("incident", incident, values)

    def _get_incident_domain(self):
        return [("company_id", "=", self.company_id.id), ("year", "=", self.year)]

    def _list_orders(self):
        orders = self.env["it.kpi.rectification"].search(
            [("cycle_id", "=", self.id), ("issued_at", "!=", False)], order="number"
        )
        for order in orders:
            document = order.document_id
            values = {
                "document_number": document.number or "",
                "date": _show(document.issued_on or order.issued_at),
                "author": order.bureau_name,
                "subject": order.unit_name,
            }
            yield self._print("rectification", "rectification_report", order, **values)
            yield from self._list_stamped("rectification", document, values)
            for report, moment in ANSWERS.items():
                if order[moment]:
                    by_unit = report != "rectification_check_report"
                    values["author"] = order.unit_name if by_unit else order.bureau_name
                    values |= {"document_number": "", "date": _show(order[moment])}
                    yield self._print("rectification", report, order, **values)
            values["author"] = order.unit_name
            yield from self._list_evidence("rectification", order.measure_ids, values)

    def _list_evidence(self, kind, records, values):
        for file in records.attachment_ids:
            stem, dot, extension = file.name.rpartition(".")
            name = make_file_name(stem or file.name, f".{extension}" if dot else "")
            yield Piece(kind, file.name, name, **values, note="附件"), ("file", file.id)

    def _print(self, kind, report_name, record, **values):
        """Return a piece that is printed when the archive is made, and its source."""
        report = self._find_report(report_name)
        title = safe_eval(report.print_report_name, {"object": record})
        values = {"author": self.company_id.name, "subject": self.company_id.name, **values}
        source = ("print", report.report_name, record._name, record.id)
        return Piece(kind, title, make_file_name(title, PDF), **values), source

    def _find_report(self, name):
        """Return a report of the addon; the cached id saves a query for every piece."""
        report_id = self.env["ir.model.data"]._xmlid_to_res_id(f"it_kpi_assessment.{name}")
        return self.env["ir.actions.report"].sudo().browse(report_id)


def _show(moment):
    """Return the day of a moment or a date as a text, an empty one for none."""
    day = get_day(moment)
    return day.isoformat() if day else ""
