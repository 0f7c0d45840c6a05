from odoo import models

from ...const import ORDER_ENDED


class ItKpiUnit(models.Model):
    """When a unit's people change, its duties go to the new ones."""

    _inherit = "it.kpi.unit"

    def _queue_people_duties(self):
        """Queue the forms that can be filled, the open orders and the objections of these units."""
        of_units = [("unit_id", "in", self.ids)]
        for model in ("it.kpi.assessment", "it.kpi.survey"):
            forms = self.env[model].sudo()
            fillable = ["|", ("cycle_id.state", "=", "open"), ("in_correction", "=", True)]
            forms.search([*of_units, *fillable])._queue_duties()
        objections = self.env["it.kpi.objection"].sudo()
        objections.search([*of_units, ("state", "=", "to_sign")])._queue_duties()
        orders = self.env["it.kpi.rectification"].sudo()
        orders.search([*of_units, ("state", "not in", ORDER_ENDED)])._queue_duties()
