from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty, Schedule

FORM_SCHEDULE = Schedule(before=(30, 7, 1), late_every=1)


def is_cycle_open(form):
    """Return whether the form can be filled: its cycle is open, or an objection reopened lines."""
    return form._is_open()


def is_to_do(name):
    """Return the condition that a move of an approved year, or its new approval, comes next."""
    return lambda cycle: (
        (cycle.approved_by_id or name == "approve_again") and cycle._is_notice_move_due(name)
    )


class ItKpiCycle(models.Model):
    """The head approves the review, another user of the division publishes; where there is a public
    notice, it is opened before, and renewed when an objection corrected the result."""

    _inherit = "it.kpi.cycle"

    _duty_fields = {"state", "approved_by_id", "deadline", "publication_id", "notice_until"}
    _duties = {
        "approve": Duty(("review",), ("head",), lambda cycle: not cycle.approved_by_id),
        "propose": Duty(("review",), ("division",), is_to_do("propose")),
        "approve_again": Duty(("proposed",), ("head",), is_to_do("approve_again")),
        "renew_notice": Duty(("proposed",), ("division",), is_to_do("renew_notice")),
        "publish": Duty(("review", "proposed"), ("division",), is_to_do("publish")),
    }

    def _get_role_candidates(self, role):
        users = super()._get_role_candidates(role)
        return users - self.approved_by_id if role == "division" else users

    def _get_duty_dependents(self):
        return [
            self.env[model].search([("cycle_id", "in", self.ids)])
            for model in ("it.kpi.assessment", "it.kpi.survey", "it.kpi.rectification")
        ]
