from odoo import models


class MailThread(models.AbstractModel):
    """A comment on a record of the addon reaches only those who may read the record now.

    Who follows a record, or is named in a comment, may have lost sight of it since: an assessor
    who is no longer assigned, or the unit while its published survey is being corrected.
    """

    _inherit = "mail.thread"

    def _get_allowed_message_params(self):
        """The chatter posts past the rights: it does not choose what makes an entry of the log."""
        allowed = super()._get_allowed_message_params()
        return allowed - {"message_type"} if self._name.startswith("it.kpi.") else allowed

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self._name.startswith("it.kpi."):
            return recipients
        return [recipient for recipient in recipients if self._may_be_read_by(recipient["uid"])]

    def _may_be_read_by(self, user_id):
        """Tell whether a user reads the record, in whichever company the author works now."""
        record = self.with_user(user_id).with_context(allowed_company_ids=[])
        return bool(user_id) and record.has_access("read")
