from odoo import api, models
from odoo.exceptions import AccessError

# Keys of the context by which a caller would have what he does not logged.
LOGGED = {"tracking_disable": False, "mail_notrack": False, "mail_create_nolog": False}


class MailThread(models.AbstractModel):
    """What people do to a record of the addon stands in its log, and comments stay among readers.

    Who follows a record, or is named in a comment, may have lost sight of it since: an assessor
    who is no longer assigned, or the unit while its published survey is being corrected.
    """

    _inherit = "mail.thread"

    @api.model_create_multi
    def create(self, vals_list):
        return super(MailThread, self._as_logged()).create(vals_list).with_env(self.env)

    def write(self, vals):
        return super(MailThread, self._as_logged()).write(vals)

    def _as_logged(self):
        """Return these records with a log, whatever the caller's context asks for."""
        is_own = self._name.startswith("it.kpi.")
        return self.with_context(**LOGGED) if is_own and not self.env.su else self

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """The mail gateway works past all rights, and whoever has a login can call it.

        A mail therefore makes no record of the addon, and it comes in by the system only: by
        whoever else handed in a text that calls itself a mail, the sender would be forged.
        """
        for model, thread_id, *_rest in routes or ():
            if (model or "").startswith("it.kpi.") and not (thread_id and self._is_mail_gateway()):
                raise AccessError(
                    self.env._("Nothing of the assessment is recorded by mail. Log in and do it.")
                )
        return super()._message_route_process(message, message_dict, routes)

    def _is_mail_gateway(self):
        """Tell whether mails are fetched by the server, or handed in by an administrator's login,
        as the script of a mail server does."""
        return self.env.su or self.env.is_system()

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
