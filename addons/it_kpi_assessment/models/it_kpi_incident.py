from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from .it_kpi_veto import INCIDENT_KINDS
from .it_kpi_workflow import Move

_lt = LazyTranslate(__name__)


class ItKpiIncident(models.Model):
    """网络安全事件, 失泄密事件 of a unit. What it does to the score the rubric's vetoes say."""

    _name = "it.kpi.incident"
    _inherit = ["it.kpi.workflow"]
    _description = "Incident"
    _order = "date desc, id desc"

    _moves = {
        "lift": Move(_lt("Lift"), ("recorded",), "lifted", ("division",)),
    }

    unit_id = fields.Many2one("it.kpi.unit", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="unit_id.company_id", store=True, precompute=True)
    kind = fields.Selection(INCIDENT_KINDS, required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    year = fields.Integer(
        compute="_compute_year", store=True, precompute=True, index=True, aggregator=None
    )
    description = fields.Text(required=True, help="What happened.")
    decision = fields.Char(required=True, help="Document that establishes the incident.")
    lift_decision = fields.Char(readonly=True, help="Document that lifts it again.")
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence")
    state = fields.Selection(
        [("recorded", "Recorded"), ("lifted", "Lifted")],
        required=True,
        readonly=True,
        default="recorded",
    )

    @api.depends("date")
    def _compute_year(self):
        for incident in self:
            incident.year = incident.date.year if incident.date else 0

    @api.depends("unit_id", "kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for incident in self:
            incident.display_name = " ".join(
                filter(
                    None,
                    [
                        fields.Date.to_string(incident.date),
                        incident.unit_id.short_name,
                        kinds.get(incident.kind),
                    ],
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        incidents = super().create([{**vals, "state": "recorded"} for vals in vals_list])
        incidents._check_not_published()
        for incident in incidents:
            incident.attachment_ids._claim_as_evidence(incident)
        return incidents

    def write(self, vals):
        if not self.env.su:
            if {"state", "lift_decision"} & vals.keys():
                raise UserError(self.env._("Lift an incident by its button, with the decision."))
            self._check_not_published()
        result = super().write(vals)
        if not self.env.su:
            self._check_not_published()
        if "attachment_ids" in vals:
            for incident in self:
                incident.attachment_ids._claim_as_evidence(incident)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_not_published()

    def action_lift(self, reason):
        """Lift incidents by a decision; they then no longer count.

        :param str reason: the document that lifts the incident
        """
        reason = self._check_reason(reason)
        self._check_not_published()
        self._move("lift", reason, lift_decision=reason)

    def _check_unlocked(self):
        """Raise a UserError if the evidence of these incidents can no longer change."""
        self._check_not_published()

    def _check_not_published(self):
        """R11: what a published result rests on does not change."""
        if self.env.su:
            return
        for incident in self:
            published = (
                self.env["it.kpi.cycle"]
                .sudo()
                .search_count(
                    [
                        ("company_id", "=", incident.company_id.id),
                        ("year", "=", incident.year),
                        ("state", "in", ("published", "archived")),
                    ],
                    limit=1,
                )
            )
            if published:
                raise UserError(
                    self.env._(
                        "The result of %s is published: its incidents cannot change any more.",
                        incident.year,
                    )
                )
