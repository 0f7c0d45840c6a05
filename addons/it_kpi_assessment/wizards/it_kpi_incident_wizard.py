from odoo import api, fields, models

from ..const import INCIDENT_KINDS, REASON_LENGTH

# The fields of an incident that the dialog shows as they are, to be changed.
COPIED = {"compute": "_compute_copied", "compute_sudo": False, "store": True, "readonly": False}


class ItKpiIncidentWizard(models.TransientModel):
    """Ask for the decision by which an incident is corrected or lifted, and for the reason."""

    _name = "it.kpi.incident.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Correction of an Incident"

    act = fields.Selection(
        [("correct", "Correct the incident"), ("lift", "Lift the incident")],
        required=True,
        readonly=True,
    )
    incident_id = fields.Many2one(
        "it.kpi.incident",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    unit_id = fields.Many2one("it.kpi.unit", **COPIED)
    kind = fields.Selection(INCIDENT_KINDS, **COPIED)
    date = fields.Date(**COPIED)
    established_by = fields.Char(**COPIED)
    year = fields.Integer(related="incident_id.year", related_sudo=False)
    is_other_year = fields.Boolean(compute="_compute_is_other_year")
    decision = fields.Char(required=True)
    reason = fields.Text(required=True, max_length=REASON_LENGTH)

    @api.constrains("incident_id")
    def _check_incident_id(self):
        self.incident_id.sudo(False).check_access("read")  # constraints run as sudo

    @api.depends("incident_id")
    def _compute_copied(self):
        for wizard in self:
            incident = wizard.incident_id
            wizard.unit_id = incident.unit_id
            wizard.kind = incident.kind
            wizard.date = incident.date
            wizard.established_by = incident.decision

    @api.depends("date", "year")
    def _compute_is_other_year(self):
        for wizard in self:
            wizard.is_other_year = bool(wizard.date) and wizard.date.year != wizard.year

    def action_confirm(self):
        """Correct the incident, or lift it.

        :raise AccessError: the act is for the division
        :raise UserError: decision or reason is missing, or the result of the year is published
        """
        self.ensure_one()
        if self.act == "correct":
            values = {
                "unit_id": self.unit_id.id,
                "kind": self.kind,
                "date": self.date,
                "decision": self.established_by,
            }
            self.incident_id.action_correct(values, self.decision, self.reason)
        else:
            self.incident_id.action_lift(self.decision, self.reason)
        return {"type": "ir.actions.act_window_close"}
