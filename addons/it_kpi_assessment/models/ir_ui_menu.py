from odoo import api, models, tools

# Menus that are shown where a rubric has the setting.
MENUS_OF_SETTINGS = {
    "it_kpi_assessment.it_kpi_commendation_menu": "commended",
    "it_kpi_assessment.it_kpi_allocation_menu": "proposes_funds",
}


class IrUiMenu(models.Model):
    """The shop of modules (Apps) is shown to administrators only, and what the rubrics of a user's
    bureaus do not set up, to nobody.

    Odoo's module base_install_request, which installs itself, opens the shop to every employee.
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

    @api.model
    def load_menus(self, debug):
        """Return the menus of the user by id, without those of settings that are off.

        Odoo keeps its list in a cache, which no change of a rubric empties; so it is cut here.
        """
        menus = super().load_menus(debug)
        unused = self._find_unused_menus(menus)
        if not unused:
            return menus
        return {
            key: {**menu, "children": [each for each in menu["children"] if each not in unused]}
            for key, menu in menus.items()
            if key not in unused
        }

    @api.model
    def _find_unused_menus(self, menus):
        """Return the ids among these menus that belong to a setting which no rubric has."""
        unused = set()
        for xmlid, setting in MENUS_OF_SETTINGS.items():
            menu = self.env.ref(xmlid, raise_if_not_found=False)
            if menu and menu.id in menus:
                domain = [
                    ("company_id", "in", self.env.user.company_ids.ids),
                    (setting, "!=", False),
                ]
                if not self.env["it.kpi.rubric"].sudo().search_count(domain, limit=1):
                    unused.add(menu.id)
        return unused
