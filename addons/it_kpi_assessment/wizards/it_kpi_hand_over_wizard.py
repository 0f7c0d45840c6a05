from odoo import api, fields, models


class ItKpiHandOverWizard(models.TransientModel):
    """Say what was found on a filled form and who signs it, and ask whether it is handed over."""

    _name = "it.kpi.hand.over.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Handing Over to Sign"

    progress = fields.Char("Marked Lines", related="form_id.progress", related_sudo=False)
    shown_total = fields.Float(related="form_id.shown_total", related_sudo=False)
    deadline = fields.Datetime(related="form_id.deadline", related_sudo=False)
    findings = fields.Json(related="form_id.findings", related_sudo=False)
    leaders = fields.Char("Signed By", compute="_compute_leaders")
    is_blocked = fields.Boolean(compute="_compute_is_blocked")

    @api.depends("form_id")
    def _compute_leaders(self):
        for wizard in self:
            wizard.leaders = wizard.form_id._name_leaders()

    @api.depends("findings")
    def _compute_is_blocked(self):
        for wizard in self:
            found = wizard.findings or []
            wizard.is_blocked = any(finding["effect"] == "block" for finding in found)

    def action_confirm(self):
        """Hand the form over.

        :return: the action that says to whom, and closes the dialog
        :raise AccessError: it is not for this user
        :raise UserError: a check blocks, or the form is in another state
        """
        self.ensure_one()
        self.form_id.action_hand_over()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Handed over to %s to sign.", self.leaders),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
