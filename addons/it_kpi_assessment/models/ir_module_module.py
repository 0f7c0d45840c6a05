from odoo import models
from odoo.exceptions import UserError
from odoo.tools import str2bool

from ..const import CYCLE_PUBLISHED

ADDON = "it_kpi_assessment"
ALLOW = "it_kpi_assessment.allow_uninstall"


class IrModuleModule(models.Model):
    """The addon is not uninstalled by mistake while it has a published year.

    Uninstalling deletes the years, the signed forms and their log. All ways lead through the state
    “to remove”: this button, that of a module the addon depends on, and the command line.
    """

    _inherit = "ir.module.module"

    def write(self, vals):
        if vals.get("state") == "to remove" and ADDON in self.mapped("name"):
            self._check_no_published_year()
        return super().write(vals)

    def _check_no_published_year(self):
        allowed = self.env["ir.config_parameter"].sudo().get_param(ALLOW)
        if allowed and str2bool(allowed, False):
            return
        domain = [("state", "in", CYCLE_PUBLISHED)]
        years = self.env["it.kpi.cycle"].sudo().search(domain).mapped("year")
        if years:
            raise UserError(
                self.env._(
                    "Uninstalling deletes the published years (%(years)s), their signed forms and "
                    "the log, for good. Keep a backup of the database and the files, then set the "
                    "system parameter %(parameter)s to True.",
                    years=", ".join(map(str, sorted(set(years)))),
                    parameter=ALLOW,
                )
            )
