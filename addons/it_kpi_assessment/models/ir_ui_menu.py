from odoo import api, models, tools


class IrUiMenu(models.Model):
    """The shop of modules (Apps) is shown to administrators only.

    Odoo's module base_install_request, which installs itself, opens it to every employee.
    """

    _inherit = "ir.ui.menu"

    @api.model
    @tools.ormcache("frozenset(self.env.user._get_group_ids())", "debug")
    def _visible_menu_ids(self, debug=False):
        visible = super()._visible_menu_ids(debug)
        shop = self.env.ref("base.menu_management", raise_if_not_found=False)
        if shop and not self.env.user.has_group("base.group_system"):
            visible -= set(self.sudo().search([("id", "child_of", shop.id)]).ids)
        return visible
