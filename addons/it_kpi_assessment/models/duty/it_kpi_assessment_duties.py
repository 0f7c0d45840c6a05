from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty
from .it_kpi_cycle_duties import FORM_SCHEDULE, is_cycle_open

FILLED_BY = {"roles": ("reporter",), "fallback_roles": ("leader",)}
UNTIL_DEADLINE = {"when": is_cycle_open, "until": "deadline", "schedule": FORM_SCHEDULE}


class ItKpiAssessment(models.Model):
    """The unit fills, corrects and signs until the form's own deadline."""

    _inherit = "it.kpi.assessment"

    _duty_fields = {"state", "extended_until"}
    _duties = {
        "fill": Duty(("draft",), **FILLED_BY, **UNTIL_DEADLINE),
        "correct": Duty(("returned",), **FILLED_BY, **UNTIL_DEADLINE),
        "sign": Duty(("to_sign",), ("leader",), **UNTIL_DEADLINE),
    }

    def _get_role_candidates(self, role):
        return self.unit_id[f"{role}_ids"]

    def _get_duty_dependents(self):
        return [self.env["it.kpi.survey"].search([("assessment_id", "in", self.ids)])]
