from odoo import models

from ...const import UNIT_STAFF
from ..mixins.it_kpi_duty_mixin import Duty, Schedule

# Orders run for months: a reminder every day would be noise.
ORDER_SCHEDULE = Schedule(before=(7, 1), late_every=7)


class ItKpiRectification(models.Model):
    """The unit plans and reports, an assessor verifies, the division issues and closes."""

    _inherit = "it.kpi.rectification"

    _duty_fields = {"state", "verifier_id", "plan_until", "report_until"}
    _duties = {
        "issue": Duty(("draft",), ("division",), lambda order: not order.is_superseded),
        "plan": Duty(("issued",), UNIT_STAFF, until="plan_until", schedule=ORDER_SCHEDULE),
        "report": Duty(("planned",), UNIT_STAFF, until="report_until", schedule=ORDER_SCHEDULE),
        "choose_verifier": Duty(("reported",), ("head",), lambda order: not order.verifier_id),
        "verify": Duty(("reported",), ("assessor",)),
        "close": Duty(("verified",), ("division",)),
    }

    def _get_role_candidates(self, role):
        if role in UNIT_STAFF:
            return self.unit_id[f"{role}_ids"]
        return self.verifier_id if role == "assessor" else super()._get_role_candidates(role)
