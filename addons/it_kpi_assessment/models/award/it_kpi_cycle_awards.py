from odoo import models


class ItKpiCycle(models.Model):
    """What was proposed on a result is void once the result is revised."""

    _inherit = "it.kpi.cycle"

    def _void_awards(self):
        """Make the proposals on earlier publications of these years void."""
        for cycle in self:
            self.env["it.kpi.allocation"]._void(cycle)
            self.env["it.kpi.commendation"]._void(cycle)
