from odoo import api, models

from ...const import ROLES

MEMBERSHIP = {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Users who get or lose a role by way of a group get or lose its rows with it."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._get_role_users()._sync_holdings()
        return groups

    def write(self, vals):
        if not MEMBERSHIP & vals.keys():
            return super().write(vals)
        before = self._get_role_users()
        result = super().write(vals)
        (before | self._get_role_users())._sync_holdings()
        return result

    def unlink(self):
        before = self._get_role_users()
        result = super().unlink()
        before._sync_holdings()
        return result

    def _get_role_users(self):
        """Return the users to whom these groups give a role, archived ones too."""
        get_group = self.env["it.kpi.holding"]._get_role_group
        roles = self.browse().union(*map(get_group, ROLES))
        giving = self.sudo().filtered(lambda group: group.all_implied_ids & roles)
        return giving.with_context(active_test=False).all_user_ids
