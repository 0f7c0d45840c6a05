from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty
from .it_kpi_cycle_duties import is_cycle_open


def is_to_visit(survey):
    """Return whether the unit has filed, so that its survey can be filled."""
    return is_cycle_open(survey) and survey.is_ready


def has_no_assessor(survey):
    """Return whether the head still has to assign somebody."""
    return is_to_visit(survey) and not survey.assessor_ids


def is_to_confirm(survey):
    """Return whether all assessors have signed."""
    return is_to_visit(survey) and survey.assessor_ids and not survey.unsigned_ids


class ItKpiSurvey(models.Model):
    """The head assigns assessors once the unit has filed; they visit, fill and sign, and when
    all have signed the head confirms."""

    _inherit = "it.kpi.survey"

    _duty_fields = {"state", "assessor_ids"}
    _duties = {
        "assign": Duty(("draft",), ("head",), has_no_assessor),
        "visit": Duty(("draft",), ("assessor",), is_to_visit),
        "confirm": Duty(("draft",), ("head",), is_to_confirm),
    }

    def _get_role_candidates(self, role):
        if role == "assessor":
            return self.unsigned_ids
        return super()._get_role_candidates(role)
