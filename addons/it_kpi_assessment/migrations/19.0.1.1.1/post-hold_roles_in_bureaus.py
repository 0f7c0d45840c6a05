"""Have users hold the roles of their groups in all of their companies, as they had them so far."""

from odoo import SUPERUSER_ID, api

from odoo.addons.it_kpi_assessment.const import ROLES


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    groups = (env["it.kpi.holding"]._get_role_group(role) for role in ROLES)
    env["res.groups"].union(*groups)._get_role_users()._sync_holdings()
