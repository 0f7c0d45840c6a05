from odoo import fields, models


class ItKpiSignWizard(models.TransientModel):
    """Let the leader sign what the unit is about to submit."""

    _name = "it.kpi.sign.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Signature of the Leader"

    deadline = fields.Datetime(related="form_id.deadline", related_sudo=False)
    progress = fields.Char("Marked Lines", related="form_id.progress", related_sudo=False)
    graded_total = fields.Float(related="form_id.graded_total", related_sudo=False)
    signature = fields.Binary(attachment=False)

    def action_confirm(self):
        """Sign the form and submit it to the assessment group.

        :raise UserError: nothing is drawn, or the deadline has passed
        """
        self.ensure_one()
        self.form_id.action_submit(self.signature)
        # The copy that stays is the form's own.
        self.signature = False
        return {"type": "ir.actions.act_window_close"}
