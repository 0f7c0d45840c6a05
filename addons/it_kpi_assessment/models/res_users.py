from odoo import api, models
from odoo.exceptions import UserError

from .ir_http import ask_primary
from .mixins.it_kpi_workflow import ROLES


class ResUsers(models.Model):
    """Whoever plays a role does not choose his name: it stands below signatures and in the log.

    And whoever calls by XML-RPC has the rights that hold on the primary database server.
    """

    _inherit = "res.users"

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        ask_primary(self.env)
        return super()._check_uid_passwd(uid, passwd)

    def write(self, vals):
        if "name" in vals and not self.env.su:
            self._check_name_is_not_chosen(vals["name"])
        return super().write(vals)

    def _check_name_is_not_chosen(self, name):
        """Raise a UserError if the current user would rename himself and does not manage users."""
        user = self.env.user
        if user not in self or name == user.name or user.has_group("base.group_erp_manager"):
            return
        if any(user.has_group(f"it_kpi_assessment.group_{role}") for role in ROLES):
            raise UserError(
                self.env._(
                    "Your name stands below what you sign and in the log. The administrator "
                    "changes it."
                )
            )
