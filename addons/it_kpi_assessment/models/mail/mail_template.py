from odoo import models


class MailTemplate(models.Model):
    """Templates of messages, which the composer offers everybody who writes on a record."""

    _name = "mail.template"
    _inherit = ["mail.template", "it.kpi.shared"]

    def _is_shared(self):
        return (self.model or "").startswith("it.kpi.") and self.user_id != self.env.user
