from odoo import fields, models
from odoo.tools import SQL

from ...award.grading import Candidate, grade_units
from ...const import ORDER_UNDER_WAY
from ...tools.decimals import exact
from ..publication.freezing_queries import named_units_query
from ..score.scoring_queries import AS_IT_IS, ranking_query


class ItKpiCycle(models.Model):
    """The units of a year get their grades (等次) by the settings of its rubric."""

    _inherit = "it.kpi.cycle"

    unfinished_ids = fields.Many2many(
        "it.kpi.unit",
        "it_kpi_cycle_unfinished_rel",
        readonly=True,
        copy=False,
        context={"active_test": False},
        groups="base.group_system",
        help="Units with an unfinished rectification when the review of the year began. What is "
        "closed later changes no grade of a year that was approved, shown or published.",
    )

    def _note_unfinished(self):
        """Note which units have an unfinished rectification, as the review begins.

        A revision keeps what was noted for the first publication.
        """
        for cycle in self.filtered(lambda cycle: not cycle.publication_id):
            cycle.unfinished_ids = cycle._find_unfinished()

    def _find_unfinished(self):
        """Return the units with an order of an earlier year that is issued and not closed."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("year", "<", self.year),
            ("state", "in", ORDER_UNDER_WAY),
        ]
        return self.env["it.kpi.rectification"].sudo().search(domain).unit_id

    def _grade_units(self):
        """Return ``{unit's id: Grade}`` of the live ranking.

        It is empty if the rubric has no bands, and as long as a unit has no final: the quota is
        shared by all.
        """
        rules = self.sudo().rubric_id._get_band_rules()
        return self._grade_rows(self._query_candidates(), rules) if rules.bands else {}

    def _query_candidates(self, terms=AS_IT_IS):
        """Return the rows of the live ranking with the kinds of the units, as dicts."""
        self.env.flush_all()
        scores = SQL("SELECT * FROM (%s) ranked WHERE cycle_id = %s", ranking_query(terms), self.id)
        return self.env.execute_query_dict(named_units_query(scores))

    def _grade_rows(self, rows, rules, veto_kinds=None):
        """Return ``{unit's id: Grade}`` of scores given as dicts.

        Withdrawn units have no grade (R13).

        :param Rules rules: the settings
        :param veto_kinds: the kinds of incident that veto; by default those of the rubric
        """
        rows = [row for row in rows if not row["withdrawal_reason"]]
        if any(row["final"] is None for row in rows):
            return {}
        bars = self._get_barred_units(veto_kinds)
        bars["unfiled"] = {row["unit_id"] for row in rows if row["unfiled"]}
        candidates = [
            Candidate(
                row["unit_id"],
                exact(row["final"]),
                row["unit_kind"],
                frozenset(bar for bar, units in bars.items() if row["unit_id"] in units),
            )
            for row in rows
        ]
        return grade_units(rules, candidates)

    def _get_barred_units(self, veto_kinds=None):
        """Return the ids of units with an incident that vetoes, and with an unfinished order."""
        cycle = self.sudo()
        if veto_kinds is None:
            veto_kinds = cycle.rubric_id.veto_ids.mapped("kind")
        incidents = self.env["it.kpi.incident"].sudo()
        vetoed = incidents.search(
            [
                ("company_id", "=", cycle.company_id.id),
                ("year", "=", cycle.year),
                ("state", "=", "recorded"),
                ("kind", "in", list(veto_kinds)),
            ]
        )
        is_noted = cycle.state != "open" or cycle.publication_id
        unfinished = cycle.unfinished_ids if is_noted else cycle._find_unfinished()
        return {"veto": {*vetoed.unit_id.ids}, "rectification": {*unfinished.ids}}

    def _get_band_rows(self):
        """Return the live grades as they are frozen, in an order that does not change: a part of
        what the head approves. Empty without bands."""
        names = self.sudo().rubric_id.band_ids.mapped("name")
        return [
            (unit, *freeze_grade(grade, names))
            for unit, grade in sorted(self._grade_units().items())
        ]


def freeze_grade(grade, names):
    """Return a grade in the columns of a result: name, place, the name reached, and the grounds.

    :param Grade grade: as computed
    :param names: of the bands, from the best grade to the lowest
    """
    return (
        names[grade.given],
        grade.given + 1,
        names[grade.reached],
        ",".join(grade.grounds) or None,
    )
