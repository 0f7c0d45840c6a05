from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import ROLES, SIGNING


class ItKpiHolding(models.Model):
    """任职: a user holds a role in a bureau.

    The groups of Odoo open menus and models, these rows say in which bureau. Both are kept in step:
    who is given a group holds the role in all of their companies, and who loses the last row of a
    role loses its group.
    """

    _name = "it.kpi.holding"
    _description = "Role Held in a Bureau"
    _order = "user_id, company_id, id"
    _rec_name = "role"

    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", "Bureau", required=True, index=True, ondelete="cascade"
    )
    role = fields.Selection("_get_role_selection", required=True)

    _user_company_role_unique = models.Constraint(
        "UNIQUE(user_id, company_id, role)", "The user holds this role in this bureau already."
    )

    @api.model
    def _get_role_selection(self):
        """Return the roles, named as their groups are."""
        return [(role, self._get_role_group(role).name) for role in ROLES]

    @api.model
    def _get_role_group(self, role):
        """Return the group of a role, without asking the database whether it exists."""
        group_id = self.env["ir.model.data"]._xmlid_to_res_id(f"it_kpi_assessment.group_{role}")
        return self.env["res.groups"].sudo().browse(group_id)

    @api.constrains("user_id", "company_id")
    def _check_company(self):
        """A role is held in a company that the user works in."""
        for holding in self:
            user = holding.user_id.sudo()
            if holding.company_id not in user.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work in %(bureau)s. Add it to the user's companies "
                        "first.",
                        user=user.name,
                        bureau=holding.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        holdings = super().create(vals_list)
        holdings.user_id._follow_holdings()
        holdings.user_id._begin_in_app()
        return holdings

    def write(self, vals):
        users = self.user_id
        if {"user_id", "company_id", "role"} & vals.keys():
            self._forget_signatures()
        result = super().write(vals)
        (users | self.user_id)._follow_holdings()
        return result

    def unlink(self):
        users = self.user_id
        self._forget_signatures()
        result = super().unlink()
        users._follow_holdings()
        return result

    def _forget_signatures(self):
        """Delete the kept signatures of those who lose a role that signs."""
        signing = self.filtered(lambda holding: holding.role in SIGNING)
        self.env["it.kpi.kept.signature"]._forget(signing.user_id)
