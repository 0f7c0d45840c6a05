from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty, Schedule

FORM_SCHEDULE = Schedule(before=(30, 7, 1), late_every=1)


def is_cycle_open(form):
    """Return whether the form's cycle is open: else nothing waits for anybody."""
    return form.cycle_id.state == "open"


class ItKpiCycle(models.Model):
    """The head approves the review, another user of the division publishes."""

    _inherit = "it.kpi.cycle"

    _duty_fields = {"state", "approved_by_id", "deadline", "publication_id"}
    _duties = {
        "approve": Duty(("review",), ("head",), lambda cycle: not cycle.approved_by_id),
        "publish": Duty(("review",), ("division",), lambda cycle: cycle.approved_by_id),
    }

    def _get_role_candidates(self, role):
        users = super()._get_role_candidates(role)
        return users - self.approved_by_id if role == "division" else users

    def _get_duty_dependents(self):
        return [
            self.env[model].search([("cycle_id", "in", self.ids)])
            for model in ("it.kpi.assessment", "it.kpi.survey", "it.kpi.rectification")
        ]
