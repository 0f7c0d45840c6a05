from odoo import api, models

# Nobody creates an account without an invitation, nobody is mailed a link to a new password, and
# the server fetches no pages for the preview of a link.
CLOSED = {
    "auth_signup.invitation_scope": "b2b",
    "auth_signup.reset_password": "False",
    "mail.link_preview_throttle": "0",
}


class IrConfigParameter(models.Model):
    """Odoo's settings that the addon changes once, when it is installed."""

    _inherit = "ir.config_parameter"

    @api.model
    def _close_it_kpi_doors(self):
        for key, value in CLOSED.items():
            self.set_param(key, value)
