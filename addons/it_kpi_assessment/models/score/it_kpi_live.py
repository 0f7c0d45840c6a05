from odoo import api, models


class ItKpiLive(models.AbstractModel):
    """Rows of cycles under way that are a query, with a ``cycle_id``."""

    _name = "it.kpi.live"
    _description = "Rows of a Query on Cycles under Way"

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Fetch the cycle as well: the rule of recusal would run the query again for it."""
        if field_names is not None:
            field_names = {*field_names, "cycle_id"}
        return super().search_fetch(domain, field_names, offset=offset, limit=limit, order=order)
