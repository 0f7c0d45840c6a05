from odoo import api, models
from odoo.exceptions import UserError

# What makes a message an entry of the log, or somebody's word.
AUTHORSHIP = {"author_id", "email_from", "message_type", "subtype_id", "date"}


class MailMessage(models.Model):
    """The log of the addon's records is written by the system: it is never forged or deleted.

    People write comments there, in their own name.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        if not self.env.su:
            own = self.env.user.partner_id
            for message in messages._get_it_kpi_messages():
                if message.message_type == "notification" or message.author_id != own:
                    raise UserError(
                        self.env._("The log is written by the system. Post a comment of your own.")
                    )
        return messages

    def write(self, vals):
        self._check_no_log()
        if not self.env.su and AUTHORSHIP & vals.keys() and self._get_it_kpi_messages():
            raise UserError(self.env._("A comment keeps its author and its date."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_log(self):
        self._check_no_log()

    def _get_it_kpi_messages(self):
        return self.sudo().filtered(lambda message: (message.model or "").startswith("it.kpi."))

    def _check_no_log(self):
        if self.env.su:
            return
        if "notification" in self._get_it_kpi_messages().mapped("message_type"):
            raise UserError(self.env._("The log of an assessment stays as it is."))
