from odoo import api, fields, models


class ItKpiResult(models.Model):
    """The rectification orders of a unit's year, on whichever revision they were drawn up."""

    _inherit = "it.kpi.result"

    rectification_count = fields.Integer(
        "Rectification Orders", compute="_compute_rectification_count"
    )

    @api.depends_context("uid")
    def _compute_rectification_count(self):
        """A unit rectifies a year once, on whatever revision its order was drawn up."""
        counts = {}
        if self.env["it.kpi.rectification"].has_access("read"):
            groups = self.env["it.kpi.rectification"]._read_group(
                self._get_order_domain(), ["cycle_id", "unit_id"], ["__count"]
            )
            counts = {(cycle, unit): count for cycle, unit, count in groups}
        for result in self:
            result.rectification_count = counts.get((result.cycle_id, result.unit_id), 0)

    def _get_order_domain(self):
        return [("cycle_id", "in", self.cycle_id.ids), ("unit_id", "in", self.unit_id.ids)]

    def action_open_orders(self):
        """Open the unit's rectification orders of the year, as far as the user can read them."""
        self.check_access("read")
        orders = self.env["it.kpi.rectification"]
        return orders.search(self._get_order_domain())._get_records_action()
