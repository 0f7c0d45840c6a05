from odoo import models

from .it_kpi_ranking import SCORED_FIELDS
from .scoring_queries import scored_lines_query


class ItKpiRankingLine(models.Model):
    """The lines of all filed forms of the cycles under way, with the means filled in."""

    _name = "it.kpi.ranking.line"
    _inherit = ["it.kpi.live", "it.kpi.score.line"]
    _description = "Live Score on an Indicator"
    _auto = False
    _depends = SCORED_FIELDS

    @property
    def _table_query(self):
        return scored_lines_query()
