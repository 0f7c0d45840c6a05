from odoo import fields, models


class ResCompany(models.Model):
    """A bureau, with the roles that its people have in it."""

    _inherit = "res.company"

    it_kpi_holding_ids = fields.One2many(
        "it.kpi.holding", "company_id", "Roles in the Assessment", groups="base.group_erp_manager"
    )
