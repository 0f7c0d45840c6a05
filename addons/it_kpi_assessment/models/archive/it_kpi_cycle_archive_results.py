from odoo import models

from ...tools.timezone import get_day

# What the leadership approves on a result, and how it is printed.
PROPOSALS = {
    "it.kpi.commendation": "commendation_report",
    "it.kpi.allocation": "allocation_report",
}


class ItKpiCycle(models.Model):
    """复核申请 and 结果运用 in the archive: decisions on objections, and approved proposals."""

    _inherit = "it.kpi.cycle"

    def _list_objections(self):
        """Yield the decision on each objection, with its stamped file and the unit's evidence."""
        objections = self.env["it.kpi.objection"].search(
            [("cycle_id", "=", self.id), ("state", "in", ("dismissed", "decided"))], order="id"
        )
        for objection in objections:
            document = objection.document_id
            day = get_day(document.issued_on or objection.decided_at or objection.signed_at)
            values = {
                "document_number": document.number or "",
                "date": day.isoformat() if day else "",
                "author": objection.bureau_name,
                "subject": objection.unit_name,
            }
            yield self._print("objection", "objection_report", objection, **values)
            yield from self._list_stamped("objection", document, values)
            values |= {"document_number": "", "author": objection.unit_name}
            yield from self._list_evidence("objection", objection.line_ids, values)

    def _list_awards(self):
        """Yield the proposals that the leadership approved, but for those that became void."""
        for model, report in PROPOSALS.items():
            approved = [("cycle_id", "=", self.id), ("state", "=", "approved")]
            for proposal in self.env[model].search(approved, order="id"):
                day = get_day(proposal.approved_at)
                yield self._print(
                    "award", report, proposal, author=proposal.bureau_name, date=day.isoformat()
                )
