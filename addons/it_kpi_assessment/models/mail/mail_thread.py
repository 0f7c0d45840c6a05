from odoo import api, models
from odoo.exceptions import AccessError

# Context keys that would keep a caller's changes out of the log.
LOGGED = {"tracking_disable": False, "mail_notrack": False, "mail_create_nolog": False}
# Odoo makes the creator a follower, and shows employees who follows what.
NO_FOLLOWER = {"mail_create_nosubscribe": True}


class MailThread(models.AbstractModel):
    """Changes of the addon's records are always logged, and comments reach readers only.

    Nobody follows a record because they created it.

    Followers, and users named in a comment, may have lost access since: an assessor who is no
    longer assigned, or the unit while its published survey is being corrected.
    """

    _inherit = "mail.thread"

    @api.model_create_multi
    def create(self, vals_list):
        logged = self._as_logged()
        if self._name.startswith("it.kpi."):
            logged = logged.with_context(**NO_FOLLOWER)
        return super(MailThread, logged).create(vals_list).with_env(self.env)

    def write(self, vals):
        return super(MailThread, self._as_logged()).write(vals)

    def _as_logged(self):
        """Return these records with a context that logs changes, whatever the caller's says."""
        is_own = self._name.startswith("it.kpi.")
        return self.with_context(**LOGGED) if is_own and not self.env.su else self

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Refuse mails that would create records, or that other users than the system hand in.

        The mail gateway runs with sudo, and any user can call it, with a forged sender.
        """
        for model, thread_id, *_rest in routes or ():
            if (model or "").startswith("it.kpi.") and not (thread_id and self._is_mail_gateway()):
                raise AccessError(
                    self.env._("Nothing of the assessment is recorded by mail. Log in and do it.")
                )
        return super()._message_route_process(message, message_dict, routes)

    def _is_mail_gateway(self):
        """Return whether the server fetches the mail, or an administrator's login hands it in, as
        the script of a mail server does."""
        return self.env.su or self.env.is_system()

    def _creation_message(self):
        """Return the first entry of the log."""
        if not self._name.startswith("it.kpi."):
            return super()._creation_message()
        return self.env._("Recorded: %s", self.env["ir.model"]._get(self._name).name)

    def _get_allowed_message_params(self):
        """Leave out ``message_type``: the chatter posts with sudo and must not write the log."""
        allowed = super()._get_allowed_message_params()
        return allowed - {"message_type"} if self._name.startswith("it.kpi.") else allowed

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self._name.startswith("it.kpi."):
            return recipients
        return [recipient for recipient in recipients if self._may_be_read_by(recipient["uid"])]

    def _may_be_read_by(self, user_id):
        """Return whether a user may read the record, in any of their companies."""
        record = self.with_user(user_id).with_context(allowed_company_ids=[])
        return bool(user_id) and record.has_access("read")
