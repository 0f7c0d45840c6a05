from odoo import models


class ItKpiAssessment(models.Model):
    """The lines of a self-assessment that an objection corrects go back to the unit."""

    _inherit = "it.kpi.assessment"

    def _reopen_filed(self, cause):
        """Return the form to the unit, and leave it its time; nothing else unlocks."""
        self.write(
            {"state": "returned", "signature": False, "signed_by_id": False, "signed_at": False}
        )
        self._leave_time(cause)

    def _correct(self, reasons):
        """The lines count as returned: the unit corrects them as it does any others."""
        for line, reason in reasons.items():
            line.write({"returned": True, "return_reason": reason})
        return super()._correct(reasons)
