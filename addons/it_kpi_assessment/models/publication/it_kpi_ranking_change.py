from odoo import models

from ..score.it_kpi_ranking import SCORED_FIELDS
from .change_queries import live_changes_query


class ItKpiRankingChange(models.Model):
    """What the revision under way would change “if published now”. A query, so never stale."""

    _name = "it.kpi.ranking.change"
    _inherit = ["it.kpi.change"]
    _description = "Change if Published Now"
    _auto = False
    _depends = {
        **SCORED_FIELDS,
        "it.kpi.cycle": [*SCORED_FIELDS["it.kpi.cycle"], "publication_id"],
    }

    _score_model = "it.kpi.ranking"
    _line_model = "it.kpi.ranking.line"
    _key = "cycle_id"

    @property
    def _table_query(self):
        return live_changes_query()

    def _explain(self, causes):
        if not self.rank:
            return [self.env._("There is no final yet: a form of the unit is not filed.")]
        if self._hides_survey():
            causes = causes._replace(is_partial=True)
        return super()._explain(causes)

    def _hides_survey(self):
        """Return whether the user is a member of the unit, and may not read its survey (回避)."""
        if self.env.user not in self.unit_id.sudo().member_ids:
            return False
        graded = [("kind", "=", "survey"), ("unit_id", "=", self.unit_id.id)]
        key = (self._key, "=", self[self._key].id)
        return not self.env[self._line_model].search_count([key, *graded], limit=1)
