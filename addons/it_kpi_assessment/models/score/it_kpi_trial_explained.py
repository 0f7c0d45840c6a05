from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from ..mixins.it_kpi_explained import explain_unfiled
from .it_kpi_score_explained import (
    explain_last,
    explain_place,
    explain_tie,
    explain_veto,
)

EXPLAINED = ("final", "rank")


class ItKpiTrial(models.AbstractModel):
    """The numbers of a trial are explained as those of the ranking are (R12)."""

    _inherit = "it.kpi.trial"

    @api.model
    @api.readonly
    def explain_trial(
        self, cycle_id, unit, number, weight=50, readings=None, without=None, grading=None
    ):
        """Return how a number of a unit came about in a trial, as ``explain_number`` does.

        :param int cycle_id: the year's id
        :param int unit: the unit's id
        :param str number: ``"final"`` or ``"rank"``
        :param weight: this and the rest as in ``try_ranking``
        :raise AccessError: the user is not of the division
        :raise MissingError: there is no such year
        :raise UserError: a parameter makes no sense, or the unit has no such number in this trial
        """
        cycle = self._get_cycle(cycle_id)
        rows = self._query_ranking(cycle, self._read_terms(cycle, weight, readings, without))
        row = rows.get(unit) if type(unit) is int else None
        if number not in EXPLAINED or not row or not row["rank"]:
            raise UserError(self.env._("There is no number “%s” to explain here.", number))
        if number == "final":
            sentences = self._explain_tried_final(row, weight)
        else:
            sentences = self._explain_tried_rank(row, rows, cycle.rubric_id.last_count)
        return [
            {
                "id": unit,
                "heading": self._get_trial_heading(unit, number),
                "sentences": list(filter(None, sentences)),
            }
        ]

    def _get_trial_heading(self, unit, number):
        label = self.env["it.kpi.ranking"]._fields[number]._description_string(self.env)
        name = self.env["it.kpi.unit"].browse(unit).short_name
        return self.env._("%(unit)s · %(number)s as tried", unit=name, number=label)

    def _explain_tried_final(self, row, weight):
        """Return how the totals were weighed, and the effect of an incident on the final."""
        share = Decimal(str(weight)) + 0  # no "-0"
        own, visit, before = row["assessment_total"], row["survey_total"], row["before_veto"]
        weighed = (share * own + (100 - share) * visit) / 100
        result = f"{before:.2f}"
        if weighed != before:
            result = self.env._(
                "%(exact)s, rounded to %(rounded)s",
                exact=f"{weighed.normalize():f}",
                rounded=result,
            )
        return [
            row["unfiled"] and explain_unfiled(self.env),
            self.env._(
                "%(own)s × %(share)s%% + %(visit)s × %(rest)s%% = %(result)s",
                own=f"{own:.2f}",
                share=f"{share.normalize():f}",
                visit=f"{visit:.2f}",
                rest=f"{(100 - share).normalize():f}",
                result=result,
            ),
            row["vetoed"] and explain_veto(self.env, row["veto_kinds"], before),
        ]

    def _explain_tried_rank(self, row, rows, last_count):
        finals = [other["final"] for other in rows.values() if other["rank"]]
        shared = finals.count(row["final"]) - 1
        lower = len(finals) - row["rank"] - shared
        return [
            explain_place(self.env, row["rank"], row["final"], len(finals)),
            explain_tie(self.env, shared),
            row["is_last"] and explain_last(self.env, lower, last_count),
        ]
