from odoo import models

from ...archive.pieces import make_file_name
from ...const import FILED_STATE
from ...tools.timezone import get_day


class ItKpiCycle(models.Model):
    """The forms in the archive: as they were signed, in the version that counts."""

    _inherit = "it.kpi.cycle"

    def _list_forms(self, forms):
        """Yield the signed versions of the forms of a kind, by unit.

        What was not kept as it was signed is printed now, and says so; 未报 is printed, too.
        """
        kind = forms._name.removeprefix("it.kpi.")
        reports = [name.partition(".")[2] for name in forms._signed_reports]
        filed = forms.filtered(lambda form: form.state in (FILED_STATE[kind], "unfiled"))
        for form in filed:
            kept = {file.name: file for file in form.document_ids}
            is_unfiled = form.state == "unfiled"
            for report in reports[:1] if is_unfiled else reports:
                file = kept.get(form._get_document_name(self._find_report(report)))
                piece, source = self._print(
                    kind,
                    report,
                    form,
                    author=form.unit_name if kind == "assessment" else self.company_id.name,
                    subject=form.unit_name,
                    date=self._get_filing_day(form),
                )
                if file:
                    title = file.name.removesuffix(".pdf")
                    name = make_file_name(title, ".pdf")
                    yield piece._replace(title=title, name=name), ("file", file.id)
                else:
                    yield piece._replace(note="未报" if is_unfiled else "归档时补印"), source

    def _get_filing_day(self, form):
        """Return the day on which a form was signed, as a text; an empty one for 未报."""
        name = "signed_at" if form._name == "it.kpi.assessment" else "confirmed_at"
        day = get_day(form[name])
        return day.isoformat() if day else ""
