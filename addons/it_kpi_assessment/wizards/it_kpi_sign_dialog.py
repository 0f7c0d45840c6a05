from odoo import api, fields, models


class ItKpiSignDialog(models.AbstractModel):
    """Mixin of the dialogs in which a user signs: draws, or uses what was drawn in the same year.

    The password that the kept signature is behind comes in the context, as with Odoo's own check of
    identity, and is stored nowhere.
    """

    _name = "it.kpi.sign.dialog"
    _inherit = ["it.kpi.primary"]
    _description = "Dialog to Sign"

    signature = fields.Binary(attachment=False)
    kept_on = fields.Date(
        "Drawn On", compute="_compute_kept_on", help="When the signature was drawn that is kept."
    )
    uses_kept = fields.Boolean(
        "Use My Signature of This Year",
        default=lambda self: bool(self.env["it.kpi.kept.signature"]._get_own()),
    )
    keeps = fields.Boolean(
        "Keep It for This Year",
        default=True,
        help="You can then sign with your password in place of drawing, until the year ends.",
    )

    @api.depends_context("uid")
    def _compute_kept_on(self):
        own = self.env["it.kpi.kept.signature"]._get_own()
        for dialog in self:
            dialog.kept_on = own.drawn_on

    def action_confirm(self):
        """Sign the record of the dialog.

        With ``uses_kept``, the context holds the ``password``.

        :raise AccessError: signing is not for this user
        :raise UserError: nothing is drawn, the password is wrong, or something is missing
        """
        self.ensure_one()
        self.check_access("write")
        kept, records = self.env["it.kpi.kept.signature"], self._get_records()
        if self.uses_kept:
            signature, drawn_on = kept._unlock(self.env.context.get("password"))
            self._sign(records, signature)
            self._log_use(records, drawn_on)
        else:
            signature = self.with_context(bin_size=False).signature
            self._sign(records, signature)
            if self.keeps:
                kept._keep(signature)
        # The signature is kept only on the signed record, and where its owner wants it.
        self.signature = False
        return {"type": "ir.actions.act_window_close"}

    def _log_use(self, records, drawn_on):
        """Write into the log of each signed document that a kept signature is below it."""
        for record in records.sudo():
            record._message_log(
                body=self.env._(
                    "Signed with the signature drawn on %s, after the password was entered.",
                    drawn_on,
                )
            )

    def _get_records(self):
        """Return the documents that are signed."""
        raise NotImplementedError

    def _sign(self, records, signature):
        """Pass the signature to these documents, which check rights, state and contents."""
        raise NotImplementedError
