from odoo import models

# Days and moments show their year; moments are read off China's clock (static/src/moment).
WIDGETS = {"date": "it_kpi_day", "datetime": "it_kpi_moment"}
PREFIX = "it.kpi."


class IrUiView(models.Model):
    """Every view shows the days and moments of this app in the same way."""

    _inherit = "ir.ui.view"

    def _postprocess_tag_field(self, node, name_manager, node_info):
        """Give days and moments of our models their widget, where the view names none."""
        model = name_manager.model
        field = model._fields.get(node.get("name"))
        if field and model._name.startswith(PREFIX) and field.type in WIDGETS:
            if not node.get("widget") and node_info.get("view_type") in ("form", "list", "kanban"):
                node.set("widget", WIDGETS[field.type])
        return super()._postprocess_tag_field(node, name_manager, node_info)
