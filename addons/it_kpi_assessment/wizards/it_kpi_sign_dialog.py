from odoo import fields, models


class ItKpiSignDialog(models.AbstractModel):
    """What the dialogs share in which somebody draws a signature."""

    _name = "it.kpi.sign.dialog"
    _inherit = ["it.kpi.primary"]
    _description = "Dialog to Sign"

    signature = fields.Binary(attachment=False)

    def action_confirm(self):
        """Sign what the dialog is about.

        :raise AccessError: signing is not for this user
        :raise UserError: nothing is drawn, or something is missing
        """
        self.ensure_one()
        self._sign(self.signature)
        # The copy that stays is that of what was signed.
        self.signature = False
        return {"type": "ir.actions.act_window_close"}

    def _sign(self, signature):
        """Hand the signature to what is signed, which checks rights, state and contents."""
        raise NotImplementedError
