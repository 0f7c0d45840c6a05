from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Fields that say who wrote a message, and when.
AUTHORSHIP = {"author_id", "email_from", "message_type", "subtype_id", "date"}
# Message types that users may create.
POSTED = ("comment", "user_notification")
# The longest comment, with its markup.
COMMENT_LENGTH = 20000
# How far the clocks of two servers may differ.
TOLERANCE = timedelta(minutes=1)


class MailMessage(models.Model):
    """The log of the addon's records is written by the system: it is never forged or deleted.

    Users write comments there, in their own name.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        if not self.env.su and not all(
            message._is_own_comment() for message in messages._get_it_kpi_messages()
        ):
            raise UserError(
                self.env._("The log is written by the system. Post a comment of your own.")
            )
        messages._check_length()
        return messages

    def _is_own_comment(self):
        """Return whether a new message is only the user's own comment, written now on a record that
        they may read: no log entry, no tracked values, no other author or date."""
        own = self.env.user.partner_id
        record = self.sudo(False).env[self.model].browse(self.res_id)
        return (
            self.message_type in POSTED
            and self.author_id == own
            and (self.email_from or "") in ("", own.email_formatted)
            and not self.tracking_value_ids
            and record.has_access("read")
            and abs(self.date - fields.Datetime.now()) <= TOLERANCE
        )

    def write(self, vals):
        self._check_no_log()
        if not self.env.su and AUTHORSHIP & vals.keys() and self._get_it_kpi_messages():
            raise UserError(self.env._("A comment keeps its author and its date."))
        result = super().write(vals)
        if "body" in vals:
            self._check_length()
        return result

    def _check_length(self):
        """Raise a UserError if a user's comment on a record of ours is too long."""
        if self.env.su:
            return
        longest = max((len(message.body) for message in self._get_it_kpi_messages()), default=0)
        if longest > COMMENT_LENGTH:
            raise UserError(
                self.env._(
                    "A comment can hold %(limit)s characters, and this one has %(length)s. "
                    "Shorten it.",
                    limit=COMMENT_LENGTH,
                    length=longest,
                )
            )

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
