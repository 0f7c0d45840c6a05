from odoo import models


class ItKpiRectification(models.Model):
    """The final and the rank behind an order, explained as in the result (R12)."""

    _inherit = "it.kpi.rectification"

    _explained = ("final", "rank")

    def _get_explanations(self, name):
        """Return the result's sentences to users who may read the result: a verifier may not."""
        results = self.result_id._filtered_access("read")
        known = results._get_explanations(name) if results else {}
        unreadable = self.env._(
            "It stands in the published result of the unit, which you may not read."
        )
        return {order: known.get(order.result_id, [order.basis, unreadable]) for order in self}
