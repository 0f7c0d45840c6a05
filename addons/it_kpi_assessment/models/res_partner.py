from odoo import api, models

from .start.it_kpi_account_access import FIRST_ACCESS


class ResPartner(models.Model):
    """A link of first access works only while the account is what the division may make.

    Between printing and use its owner may have become head, and the printed link would then give
    away the account of a head.
    """

    _inherit = "res.partner"

    @api.model
    def _get_partner_from_token(self, token):
        partner = super()._get_partner_from_token(token)
        if partner and (partner.sudo().signup_type or "").startswith(FIRST_ACCESS):
            return partner if self.env["it.kpi.account"]._is_link_open(partner) else None
        return partner
