from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...const import INCIDENT_KINDS, REASON_LENGTH
from ...tools.text import is_blank, tidy_text
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

# Whose incident it is, what it zeroes, in which year it counts, and the document that says so.
CORRECTED = ("unit_id", "kind", "date", "decision")


class ItKpiIncident(models.Model):
    """网络安全事件, 失泄密事件 of a unit. The rubric's vetoes say what it does to the score."""

    _name = "it.kpi.incident"
    _inherit = ["it.kpi.observation", "it.kpi.workflow"]
    _description = "Incident"

    _moves = {
        "correct": Move(_lt("Correct"), ("recorded",), "recorded", ("division",)),
        "lift": Move(_lt("Lift"), ("recorded",), "lifted", ("division",)),
    }
    _editable_depends = ("state", "unit_id", "date")
    # What moves a result is written once, and then corrected by a decision.
    _creation_fields = set(CORRECTED)
    _editable = dict.fromkeys(
        ("description", "attachment_ids"), Editable(("recorded",), ("division",))
    )

    kind = fields.Selection(INCIDENT_KINDS, required=True, tracking=True)
    description = fields.Text(required=True, tracking=True, help="What happened.")
    decision = fields.Char(
        required=True, tracking=True, help="Document that establishes the incident."
    )
    correction_decision = fields.Char(
        readonly=True,
        max_length=REASON_LENGTH,
        help="Document that the last correction rests on.",
    )
    lift_decision = fields.Char(
        readonly=True,
        max_length=REASON_LENGTH,
        multiline=True,
        help="Document that lifts it again.",
    )
    state = fields.Selection(
        [("recorded", "Recorded"), ("lifted", "Lifted")],
        required=True,
        readonly=True,
        default="recorded",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        raise UserError(
            self.env._("An incident stays on record. If it does not stand, lift it by a decision.")
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Record incidents: they are lifted later, by a move."""
        recorded = {"state": "recorded", "lift_decision": False, "correction_decision": False}
        return super().create([{**vals, **recorded} for vals in vals_list])

    def _get_edit_error(self, names):
        if {"state", "lift_decision"}.intersection(names):
            return self.env._("Lift an incident by its button, with the decision.")
        moves_result = {*CORRECTED, "correction_decision"}.intersection(names)
        if moves_result and not self._get_lock_reason():
            return self.env._(
                "“%(fields)s” of a recorded incident moves a result. Use “Correct”, with the "
                "decision and the reason.",
                fields=self._get_field_labels(moves_result),
            )
        return super()._get_edit_error(names)

    def _get_lock_reason(self):
        if self.state == "lifted":
            return self.env._("%s was lifted: it stays as it is.", self.display_name)
        if self._get_cycle().state == "proposed":
            return self.env._(
                "The public notice of %s lasts: nothing that moves its result changes. Withdraw "
                "the notice first.",
                self.year,
            )
        return super()._get_lock_reason()

    @api.model
    def _get_zeroed(self, pairs):
        """Return ``{(unit, cycle): {indicator: kinds}}``: what recorded incidents zero (R7).

        Only the incidents that the user may read are known here; ``kinds`` are joined by commas.

        :param pairs: of a unit and a cycle
        """
        units = self.env["it.kpi.unit"].union(*(unit for unit, _cycle in pairs))
        cycles = self.env["it.kpi.cycle"].union(*(cycle for _unit, cycle in pairs)).sudo()
        incidents = self.search_fetch(
            [
                ("unit_id", "in", units.ids),
                ("year", "in", cycles.mapped("year")),
                ("state", "=", "recorded"),
            ],
            ["unit_id", "company_id", "year", "kind"],
        )
        if not incidents:  # the vetoes need not be read
            return {pair: {} for pair in pairs}
        found = defaultdict(set)
        for incident in incidents:
            found[incident.unit_id, incident.company_id, incident.year].add(incident.kind)
        return {
            (unit, cycle): cycle.rubric_id.veto_ids._get_zeroed(
                found.get((unit, cycle.company_id, cycle.year), ())
            )
            for unit, cycle in ((unit, cycle.sudo()) for unit, cycle in pairs)
        }

    def action_correct(self, values, decision, reason):
        """Correct what an incident counts for; where it led into another year, the log says so.

        :param dict values: what is corrected: unit (id), kind, date, or the number of the document
        :param str decision: the document that the correction rests on
        :raise UserError: decision or reason is missing, nothing is corrected, or the result of the
            year before or after it is published
        """
        decision, reason = self._check_decision(decision), self._check_reason(reason)
        self._check_move("correct")
        self._check_unlocked()
        values = self._check_correction(values)
        years = {incident: incident.year for incident in self}
        self._move(
            "correct",
            self._join_decision(decision, reason),
            correction_decision=decision,
            **values,
        )
        self.check_access("write")  # the unit may be another bureau's
        self._check_unlocked()
        for incident, year in years.items():
            incident._log_year(year)

    def _check_correction(self, values):
        """Return the values that a correction writes.

        :raise UserError: there are none, they name other fields, or the day is none
        """
        values = {name: value for name, value in (values or {}).items() if value}
        if not values or not set(CORRECTED).issuperset(values):
            raise UserError(
                self.env._("Say what is corrected: %s.", self._get_field_labels(CORRECTED))
            )
        if "date" in values:
            values["date"] = self._parse_moment(values["date"]).date()
        if "unit_id" in values:
            self.env["it.kpi.unit"].browse(values["unit_id"]).check_access("read")
        return values

    def _log_year(self, before):
        """Log that the incident counts for another year than before."""
        if self.year != before:
            self._message_log(
                body=self.env._(
                    "It counts for %(year)s now, and no longer for %(before)s.",
                    year=self.year,
                    before=before,
                )
            )

    def action_lift(self, decision, reason):
        """Lift incidents by a decision; they then no longer count.

        :param str decision: the document that lifts the incident
        :raise UserError: decision or reason is missing, or the result is published
        """
        decision, reason = self._check_decision(decision), self._check_reason(reason)
        self._check_unlocked()
        self._move("lift", self._join_decision(decision, reason), lift_decision=decision)

    def _check_decision(self, decision):
        """Return the number of a document, tidied.

        :raise UserError: there is none, or it is too long
        """
        decision = tidy_text(decision or "").strip()
        if is_blank(decision):
            raise UserError(self.env._("Give the number of the decision: it stands in the log."))
        return self._check_reason(decision)

    def _join_decision(self, decision, reason):
        return self.env._("%(reason)s. Decision: %(decision)s", reason=reason, decision=decision)
