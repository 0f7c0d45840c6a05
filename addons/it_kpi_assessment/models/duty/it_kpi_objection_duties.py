from odoo import fields, models

from ...const import UNIT_STAFF
from ..mixins.it_kpi_duty_mixin import Duty, Schedule

OBJECTION_SCHEDULE = Schedule(before=(1, 0), late_every=1)


def is_in_time(objection):
    """Return whether the objection can still be filed."""
    return bool(objection.until) and objection.until > fields.Datetime.now()


class ItKpiObjection(models.Model):
    """The leader signs while there is time, the division receives, the head decides."""

    _inherit = "it.kpi.objection"

    _duty_fields = {"state", "carried_out_at"}
    _duties = {
        "sign_objection": Duty(
            ("to_sign",), ("leader",), is_in_time, until="until", schedule=OBJECTION_SCHEDULE
        ),
        "receive_objection": Duty(("filed",), ("division",)),
        "decide_objection": Duty(("received",), ("head",)),
    }

    def _get_role_candidates(self, role):
        if role in UNIT_STAFF:
            return self.unit_id[f"{role}_ids"]
        return super()._get_role_candidates(role)

    def _get_duty_dependents(self):
        return [self.cycle_id]
