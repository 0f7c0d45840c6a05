from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...const import INCIDENT_KINDS, REASON_LENGTH
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)


class ItKpiIncident(models.Model):
    """网络安全事件, 失泄密事件 of a unit. The rubric's vetoes say what it does to the score."""

    _name = "it.kpi.incident"
    _inherit = ["it.kpi.observation", "it.kpi.workflow"]
    _description = "Incident"

    _moves = {
        "lift": Move(_lt("Lift"), ("recorded",), "lifted", ("division",)),
    }
    _editable_depends = ("state", "unit_id", "date")
    _editable = dict.fromkeys(
        ("unit_id", "date", "kind", "description", "decision", "attachment_ids"),
        Editable(("recorded",), ("division",)),
    )

    kind = fields.Selection(INCIDENT_KINDS, required=True, tracking=True)
    description = fields.Text(required=True, tracking=True, help="What happened.")
    decision = fields.Char(
        required=True, tracking=True, help="Document that establishes the incident."
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
        recorded = {"state": "recorded", "lift_decision": False}
        return super().create([{**vals, **recorded} for vals in vals_list])

    def _get_edit_error(self, names):
        if {"state", "lift_decision"}.intersection(names):
            return self.env._("Lift an incident by its button, with the decision.")
        return super()._get_edit_error(names)

    def _get_lock_reason(self):
        if self.state == "lifted":
            return self.env._("%s was lifted: it stays as it is.", self.display_name)
        return super()._get_lock_reason()

    @api.model
    def _get_zeroed(self, pairs):
        """Return ``{(unit, cycle): {indicator: kinds}}``: what recorded incidents zero (R7).

        Only the incidents that the user may read are known here; ``kinds`` are joined by commas.

        :param pairs: of a unit and a cycle
        """
        units = self.env["it.kpi.unit"].union(*(unit for unit, _cycle in pairs))
        cycles = self.env["it.kpi.cycle"].union(*(cycle for _unit, cycle in pairs)).sudo()
        vetoes = cycles.rubric_id.veto_ids.filtered("indicator_id")
        incidents = vetoes and self.search(
            [
                ("unit_id", "in", units.ids),
                ("year", "in", cycles.mapped("year")),
                ("kind", "in", vetoes.mapped("kind")),
                ("state", "=", "recorded"),
            ]
        )
        found = defaultdict(set)
        for incident in incidents:
            found[incident.unit_id, incident.company_id, incident.year].add(incident.kind)
        return {
            (unit, cycle): cycle.rubric_id.veto_ids._get_zeroed(
                found.get((unit, cycle.company_id, cycle.year), ())
            )
            for unit, cycle in ((unit, cycle.sudo()) for unit, cycle in pairs)
        }

    def action_lift(self, reason):
        """Lift incidents by a decision; they then no longer count.

        :param str reason: the document that lifts the incident
        """
        reason = self._check_reason(reason)
        self._check_unlocked()
        self._move("lift", reason, lift_decision=reason)
