from odoo import models

# Days and moments show their year; moments are read off China's clock (static/src/moment).
WIDGETS = {"date": "it_kpi_day", "datetime": "it_kpi_moment"}
PREFIX = "it.kpi."
# By this class of their root, styles find the views of this app (static/src/odoo/views.scss).
CLASS = "o_it_kpi"


class IrUiView(models.Model):
    """Every view of this app shows days, moments and quiet texts in the same way."""

    _inherit = "ir.ui.view"

    def _postprocess_view(self, node, model_name, *args, **options):
        """Give the views of our models the class by which styles find them."""
        if model_name.startswith(PREFIX):
            node.set("class", f"{CLASS} {node.get('class', '')}".strip())
        return super()._postprocess_view(node, model_name, *args, **options)

    def _postprocess_tag_field(self, node, name_manager, node_info):
        """Give days and moments of our models their widget, where the view names none."""
        model = name_manager.model
        field = model._fields.get(node.get("name"))
        if field and model._name.startswith(PREFIX) and field.type in WIDGETS:
            if not node.get("widget") and node_info.get("view_type") in ("form", "list", "kanban"):
                node.set("widget", WIDGETS[field.type])
        return super()._postprocess_tag_field(node, name_manager, node_info)
