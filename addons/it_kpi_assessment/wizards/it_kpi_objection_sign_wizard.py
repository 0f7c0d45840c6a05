from odoo import fields, models


class ItKpiObjectionSignWizard(models.TransientModel):
    """Let the leader sign and file the objection of the unit."""

    _name = "it.kpi.objection.sign.wizard"
    _inherit = ["it.kpi.sign.dialog"]
    _description = "Signature below an Objection"

    objection_id = fields.Many2one(
        "it.kpi.objection",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    until = fields.Datetime(related="objection_id.until", related_sudo=False)

    def _get_records(self):
        return self.objection_id

    def _sign(self, records, signature):
        records.action_submit(signature)
