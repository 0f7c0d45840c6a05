from odoo import fields, models


class ItKpiSignWizard(models.TransientModel):
    """Let the leader sign and submit the self-assessment of the unit."""

    _name = "it.kpi.sign.wizard"
    _inherit = ["it.kpi.form.dialog", "it.kpi.sign.dialog"]
    _description = "Signature of the Leader"

    deadline = fields.Datetime(related="form_id.deadline", related_sudo=False)
    progress = fields.Char("Marked Lines", related="form_id.progress", related_sudo=False)
    shown_total = fields.Float(related="form_id.shown_total", related_sudo=False)
    findings = fields.Json(related="form_id.findings", related_sudo=False)

    def _get_records(self):
        return self.form_id

    def _sign(self, records, signature):
        records.action_submit(signature)
