"""Close what Odoo leaves open to strangers, as a new installation does."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ir.config_parameter"]._close_it_kpi_doors()
