from odoo import api, models

from .ir_http import ask_primary


class ResUsers(models.Model):
    """The same for programs that call by XML-RPC: they work on the primary as well."""

    _inherit = "res.users"

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        ask_primary(self.env)
        return super()._check_uid_passwd(uid, passwd)
