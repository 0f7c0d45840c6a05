from odoo import api, models


class IrRule(models.Model):
    """Record rules of a role hold in the bureaus where the user holds it.

    Odoo joins the rules of a user's groups by OR. So a rule of a role names the bureaus of that
    role, or who is head in one bureau would read as a head in another one.
    """

    _inherit = "ir.rule"

    @api.model
    def _eval_context(self):
        """Add ``company_ids_as``: like ``company_ids``, of the roles that are named; of any role
        if none is. And ``sees_all_companies``, for rules that restrict nobody then."""
        return {
            **super()._eval_context(),
            "company_ids_as": self._get_company_ids_as,
            "sees_all_companies": self._sees_all_companies,
        }

    def _get_company_ids_as(self, *roles):
        """Return the ids of the current companies in which the user holds one of the roles."""
        held = self.env.user._get_company_ids_as(*roles)
        return [company_id for company_id in self.env.companies.ids if company_id in held]

    def _sees_all_companies(self):
        """Return whether the user works in all companies, as in the only one, or manages users."""
        user = self.env.user
        others = [("id", "not in", user.company_ids.ids)]
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return user.has_group("base.group_erp_manager") or not companies.search_count(others)
