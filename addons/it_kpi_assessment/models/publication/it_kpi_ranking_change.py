from odoo import models

from ..score.it_kpi_ranking import SCORED_FIELDS
from .change_queries import live_changes_query


class ItKpiRankingChange(models.Model):
    """What the revision under way would change “if published now”. A query, so never stale."""

    _name = "it.kpi.ranking.change"
    _inherit = ["it.kpi.live", "it.kpi.change"]
    _description = "Change if Published Now"
    _auto = False
    _depends = {
        **SCORED_FIELDS,
        "it.kpi.unit": ["name"],
        "it.kpi.cycle": [*SCORED_FIELDS["it.kpi.cycle"], "publication_id"],
    }

    _score_model = "it.kpi.ranking"
    _line_model = "it.kpi.ranking.line"
    _key = "cycle_id"

    @property
    def _table_query(self):
        return live_changes_query()

    def _explain(self, causes):
        if not self.rank and not causes.withdrawn:
            return [self.env._("There is no final yet: a form of the unit is not filed.")]
        return super()._explain(causes)
