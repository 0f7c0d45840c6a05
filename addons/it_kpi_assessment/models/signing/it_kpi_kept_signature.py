from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError

from ...tools.timezone import get_day


class ItKpiKeptSignature(models.Model):
    """The signature that a user drew once in a year, to be used again by that user alone.

    No role may read this model, and no call from outside reaches the drawing, not even its owner's:
    the server takes it after the password (``_unlock``) and puts it below the document that is
    signed, whose log says so. It is in a column of its table, and so no attachment. It goes with
    the year, with a role that signs, with a change of the password, and with the user.
    """

    _name = "it.kpi.kept.signature"
    _inherit = ["it.kpi.primary"]
    _description = "Signature Kept for a Year"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    drawn_on = fields.Date(required=True, readonly=True)
    signature = fields.Binary(
        attachment=False, required=True, readonly=True, groups=fields.NO_ACCESS
    )

    _user_unique = models.Constraint("UNIQUE(user_id)", "A user has one signature.")

    def _get_own(self):
        """Return the current user's signature of this year, with sudo; empty if there is none."""
        today = get_day(fields.Datetime.now())
        return self.sudo().search(
            [("user_id", "=", self.env.uid), ("drawn_on", ">=", today.replace(month=1, day=1))]
        )

    def _keep(self, signature):
        """Keep what the current user has just drawn, in place of what was kept before."""
        own = self.sudo()
        own.search([("user_id", "=", self.env.uid)]).unlink()
        today = get_day(fields.Datetime.now())
        own.create({"user_id": self.env.uid, "drawn_on": today, "signature": signature})

    def _unlock(self, password):
        """Return the current user's signature, and the day on which it was drawn.

        :param str password: the user's password, which is checked as at the login
        :raise UserError: the password is wrong, or no signature of this year is kept
        """
        own = self._get_own()
        if not own:
            raise UserError(self.env._("No signature of this year is kept. Draw it once."))
        self._check_password(password)
        return own.with_context(bin_size=False).signature, own.drawn_on

    def _check_password(self, password):
        """Raise a UserError unless it is the current user's; wrong ones count as at the login."""
        user = self.env.user
        credential = {"type": "password", "login": user.login, "password": password}
        if not isinstance(password, str) or not password:
            raise UserError(self.env._("Enter the password of your login, or draw."))
        try:
            with user._assert_can_auth(user=user.id):
                user._check_credentials(credential, {"interactive": True})
        except AccessDenied as error:
            raise UserError(
                self.env._("The password is not right. Enter that of your login, or draw.")
            ) from error

    def _forget(self, users):
        """Delete the signatures of these users."""
        if users:
            self.sudo().search([("user_id", "in", users.ids)]).unlink()

    @api.autovacuum
    def _forget_past_years(self):
        first = get_day(fields.Datetime.now()).replace(month=1, day=1)
        self.sudo().search([("drawn_on", "<", first)]).unlink()
