from collections import Counter, defaultdict
from types import MappingProxyType

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache

# Every indicator with all whose place it takes, level by level. One level is one rubric.
LINEAGE = """
WITH RECURSIVE lineage (indicator_id, ancestor_id, level) AS (
    SELECT id, id, 0 FROM it_kpi_indicator WHERE id IN %s
     UNION
    SELECT lineage.indicator_id, link.predecessor_id, level + 1
      FROM lineage
      JOIN it_kpi_indicator_predecessor_rel link ON link.indicator_id = lineage.ancestor_id
)
SELECT lineage.indicator_id, ancestor.rubric_id, array_agg(ancestor.id)
  FROM lineage
  JOIN it_kpi_indicator ancestor ON ancestor.id = lineage.ancestor_id
 GROUP BY lineage.indicator_id, level, ancestor.rubric_id
 ORDER BY lineage.indicator_id, level"""


class ItKpiIndicator(models.Model):
    """Whose place an indicator takes: the mapping of a changed rubric.

    None: new matter. Several: merged. One that others name as well: split. The indicators of the
    copy that a cycle works with take the place of those of the version it was made from.
    """

    _inherit = "it.kpi.indicator"

    predecessor_ids = fields.Many2many(
        "it.kpi.indicator",
        "it_kpi_indicator_predecessor_rel",
        "indicator_id",
        "predecessor_id",
        string="Takes the Place of",
        compute="_compute_predecessor_ids",
        store=True,
        readonly=False,
        copy=False,
        help="Indicators of the former version. Their marks of earlier years are shown beside the "
        "lines of this indicator.",
    )
    predecessor_points = fields.Float(
        "Points There", digits=(6, 2), compute="_compute_predecessor_points"
    )
    place = fields.Selection(
        [("same", "Continued"), ("merged", "Merged"), ("split", "Split"), ("new", "New")],
        string="Mapping",
        compute="_compute_place",
        help="What became of the indicators of the former version.",
    )

    @api.depends("rubric_id.former_id")
    def _compute_predecessor_ids(self):
        """Propose the indicator of the former version with the same code."""
        for rubric, indicators in self.grouped("rubric_id").items():
            former = {indicator.code: indicator for indicator in rubric.former_id.indicator_ids}
            for indicator in indicators:
                indicator.predecessor_ids = former.get(indicator.code)

    @api.depends("predecessor_ids.points")
    def _compute_predecessor_points(self):
        for indicator in self:
            indicator.predecessor_points = sum(indicator.predecessor_ids.mapped("points"))

    @api.depends("rubric_id.former_id", "rubric_id.indicator_ids.predecessor_ids")
    def _compute_place(self):
        for rubric, indicators in self.grouped("rubric_id").items():
            named = Counter(
                former
                for indicator in rubric.indicator_ids
                for former in indicator.predecessor_ids._origin
            )
            for indicator in indicators:
                indicator.place = rubric.former_id and indicator._get_place(named)

    def _get_place(self, named):
        """Return the key of ``place``; ``named`` counts who names an indicator as predecessor."""
        former = self.predecessor_ids._origin
        if len(former) > 1:
            return "merged"
        if not former:
            return "new"
        return "split" if named[former] > 1 else "same"

    @api.constrains("predecessor_ids", "item_id")
    def _check_predecessors(self):
        for indicator in self:
            if indicator.predecessor_ids.rubric_id - indicator.rubric_id.former_id:
                raise ValidationError(
                    self.env._(
                        "%(indicator)s takes the place of indicators of the former version only. "
                        "That is: %(former)s.",
                        indicator=indicator.name,
                        former=indicator.rubric_id.former_id.display_name or self.env._("none"),
                    )
                )

    def _get_counterparts(self, others):
        """Return ``{indicator: those of others that stand for the same matter}``, in one query.

        Two indicators stand for the same matter if their lines of predecessors meet in the newest
        version that both come from. So copies of one version meet in that version, whether a
        later one split the indicator or not, and a version meets a later one by its mapping, in
        both directions. What is new in one of them meets nothing.
        """
        known = (self | others)._get_lineage()
        lineage = {indicator: known.get(indicator.id, {}) for indicator in self | others}
        return {
            indicator: others.filtered(
                lambda other, own=lineage[indicator]: _meet(own, lineage[other])
            )
            for indicator in self
        }

    @ormcache("frozenset(self.ids)")
    def _get_lineage(self):
        """Return ``{id: {rubric's id: ids of the indicators it comes from there}}``, near first.

        Kept in Odoo's cache: the forms of all units have the same indicators.
        """
        lineage = defaultdict(dict)
        if self.ids:
            self.flush_model(["predecessor_ids", "rubric_id"])
            for indicator, rubric, found in self.env.execute_query(SQL(LINEAGE, tuple(self.ids))):
                lineage[indicator][rubric] = frozenset(found)
        return MappingProxyType(dict(lineage))


def _meet(own, other):
    """Return whether two lines of predecessors meet in the first rubric that they share."""
    shared = next((rubric for rubric in own if rubric in other), None)
    return shared is not None and not own[shared].isdisjoint(other[shared])
