from odoo import fields, models


class ItKpiSignDialog(models.AbstractModel):
    """Mixin of the dialogs in which a user draws a signature."""

    _name = "it.kpi.sign.dialog"
    _inherit = ["it.kpi.primary"]
    _description = "Dialog to Sign"

    signature = fields.Binary(attachment=False)

    def action_confirm(self):
        """Sign the record of the dialog.

        :raise AccessError: signing is not for this user
        :raise UserError: nothing is drawn, or something is missing
        """
        self.ensure_one()
        self._sign(self.signature)
        # The signature is kept only on the signed record.
        self.signature = False
        return {"type": "ir.actions.act_window_close"}

    def _sign(self, signature):
        """Pass the signature to the signed record, which checks rights, state and contents."""
        raise NotImplementedError
