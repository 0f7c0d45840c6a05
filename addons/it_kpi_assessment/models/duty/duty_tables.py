"""What waits for whom, model by model: the tables that activities, mails and reminders follow."""

from odoo import api, models

from ..form.it_kpi_assessment import UNIT_STAFF
from ..mixins.it_kpi_duty_mixin import Duty, Rhythm

FORM_RHYTHM = Rhythm(before=(30, 7, 1), late_every=1)
# Orders run for months: being told every day would be noise.
ORDER_RHYTHM = Rhythm(before=(7, 1), late_every=7)
ORDER_ENDED = ("closed", "withdrawn")


def is_cycle_open(form):
    return form.cycle_id.state == "open"


def is_to_visit(survey):
    return is_cycle_open(survey) and survey.is_ready


class ItKpiAssessment(models.Model):
    """The unit fills, corrects and signs until the form's own deadline."""

    _inherit = "it.kpi.assessment"

    _duty_fields = {"state", "extended_until"}
    _duties = {
        "fill": Duty(
            ("draft",), ("reporter",), is_cycle_open, "deadline", FORM_RHYTHM, deputies=("leader",)
        ),
        "correct": Duty(
            ("returned",),
            ("reporter",),
            is_cycle_open,
            "deadline",
            FORM_RHYTHM,
            deputies=("leader",),
        ),
        "sign": Duty(("to_sign",), ("leader",), is_cycle_open, "deadline", FORM_RHYTHM),
    }

    def _get_candidates(self, role):
        return self.unit_id[f"{role}_ids"]

    def _get_dependents(self):
        return [self.env["it.kpi.survey"].search([("assessment_id", "in", self.ids)])]


def has_no_assessor(survey):
    return is_to_visit(survey) and not survey.assessor_ids


def is_to_confirm(survey):
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

    def _get_candidates(self, role):
        return self.unsigned_ids if role == "assessor" else super()._get_candidates(role)


class ItKpiSurveySignature(models.Model):
    """Whoever has signed has done his part; a signature that is void brings it back."""

    _inherit = "it.kpi.survey.signature"

    @api.model_create_multi
    def create(self, vals_list):
        signatures = super().create(vals_list)
        signatures.form_id._queue_duties()
        return signatures

    def unlink(self):
        self.form_id._queue_duties()
        return super().unlink()


class ItKpiCycle(models.Model):
    """The head approves the review, somebody else of the division publishes."""

    _inherit = "it.kpi.cycle"

    _duty_fields = {"state", "approved_by_id", "deadline", "publication_id"}
    _duties = {
        "approve": Duty(("review",), ("head",), lambda cycle: not cycle.approved_by_id),
        "publish": Duty(("review",), ("division",), lambda cycle: cycle.approved_by_id),
    }

    def _get_candidates(self, role):
        users = super()._get_candidates(role)
        return users - self.approved_by_id if role == "division" else users

    def _get_dependents(self):
        return [
            self.env[model].search([("cycle_id", "in", self.ids)])
            for model in ("it.kpi.assessment", "it.kpi.survey", "it.kpi.rectification")
        ]

    def _lay_out_forms(self):
        result = super()._lay_out_forms()
        self._queue_duties()
        return result


class ItKpiRectification(models.Model):
    """The unit plans and reports, an assessor verifies, the division begins and ends."""

    _inherit = "it.kpi.rectification"

    _duty_fields = {"state", "verifier_id", "plan_until", "report_until"}
    _duties = {
        "issue": Duty(("draft",), ("division",), lambda order: not order.is_superseded),
        "plan": Duty(("issued",), UNIT_STAFF, until="plan_until", rhythm=ORDER_RHYTHM),
        "report": Duty(("planned",), UNIT_STAFF, until="report_until", rhythm=ORDER_RHYTHM),
        "choose_verifier": Duty(("reported",), ("head",), lambda order: not order.verifier_id),
        "verify": Duty(("reported",), ("assessor",)),
        "close": Duty(("verified",), ("division",)),
    }

    def _get_candidates(self, role):
        if role in UNIT_STAFF:
            return self.unit_id[f"{role}_ids"]
        return self.verifier_id if role == "assessor" else super()._get_candidates(role)


class ItKpiUnit(models.Model):
    """When a unit's people change, what waits for them changes hands."""

    _inherit = "it.kpi.unit"

    def write(self, vals):
        result = super().write(vals)
        if {"reporter_ids", "leader_ids", "member_ids"} & vals.keys():
            of_units = [("unit_id", "in", self.ids)]
            for model in ("it.kpi.assessment", "it.kpi.survey"):
                forms = self.env[model].sudo()
                forms.search([*of_units, ("cycle_id.state", "=", "open")])._queue_duties()
            orders = self.env["it.kpi.rectification"].sudo()
            orders.search([*of_units, ("state", "not in", ORDER_ENDED)])._queue_duties()
        return result
