from odoo import fields, models

from ...const import CYCLE_UNDER_WAY
from ..score.it_kpi_ranking import SCORED_FIELDS
from .change_queries import live_changes_query
from .it_kpi_change import ChangedBand


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

    old_band = fields.Char("Grade before", readonly=True, max_length=False)
    band = fields.Char("Grade", readonly=True, max_length=False)

    @property
    def _table_query(self):
        return live_changes_query(self._find_grades())

    def _find_grades(self):
        """Return year, unit and grade of the units in years under revision whose rubric has grades.

        The quota is shared by all units, so the grade of a unit can change though nothing of the
        unit itself does.
        """
        domain = [
            ("state", "in", CYCLE_UNDER_WAY),
            ("publication_id", "!=", False),
            ("rubric_id.band_ids", "!=", False),
        ]
        return [
            (cycle.id, unit, name)
            for cycle in self.env["it.kpi.cycle"].sudo().search(domain, order="id")
            for unit, name, *_grade in cycle._get_band_rows()
        ]

    def _get_changed_band(self):
        """Return the ``ChangedBand`` of a unit that would get another grade, once it is known."""
        if not self.band or self.old_band == self.band:
            return None
        return ChangedBand(self.old_band or "—", self.band)

    def _explain(self, causes):
        if not self.rank and not causes.withdrawn:
            return [self.env._("There is no final yet: a form of the unit is not filed.")]
        return super()._explain(causes)
