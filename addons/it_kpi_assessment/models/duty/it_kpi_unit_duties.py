from odoo import models

from ...const import ORDER_ENDED


class ItKpiUnit(models.Model):
    """When a unit's people change, its duties go to the new ones."""

    _inherit = "it.kpi.unit"

    def _queue_people_duties(self):
        """Queue the forms of open years and the open orders of these units for a sync."""
        of_units = [("unit_id", "in", self.ids)]
        for model in ("it.kpi.assessment", "it.kpi.survey"):
            forms = self.env[model].sudo()
            forms.search([*of_units, ("cycle_id.state", "=", "open")])._queue_duties()
        orders = self.env["it.kpi.rectification"].sudo()
        orders.search([*of_units, ("state", "not in", ORDER_ENDED)])._queue_duties()
