from collections import Counter
from statistics import median

from odoo import models

from ...const import FILED_STATE
from ...review.assessors import compare_assessors
from ...review.robustness import KINDS
from ...tools.decimals import exact, half_up, round_half_up
from ...tools.roles import has_role

# How many years of self-assessment and survey stand side by side.
YEARS = 3
# Assessors who graded fewer units have no means: so few say nothing.
LEAST_UNITS = 3


class ItKpiRobustness(models.AbstractModel):
    """What repeats: in indicators, over the years, and by assessor."""

    _inherit = "it.kpi.robustness"

    def _get_indicators(self, facts):
        """Return of each indicator the range of points on both forms.

        An indicator on which all units have the same points on each form tells none apart.
        """
        scores = {}
        for line in facts.lines:
            if line.unit in facts.scores and line.score is not None:
                scores.setdefault((line.indicator, line.kind), []).append(line.score)
        deciding = Counter(mark.indicator for mark in self._get_marks(facts))
        return [
            {
                "id": indicator.id,
                "name": indicator.form_label,
                "points": f"{indicator.points:.2f}",
                "ranges": {kind: _range(scores.get((indicator.id, kind))) for kind in KINDS},
                "is_idle": all(
                    len(set(scores.get((indicator.id, kind), ()))) < 2 for kind in KINDS
                ),
                "marks": deciding[indicator.id],
            }
            for indicator in facts.indicators
        ]

    def _get_leniency(self, facts):
        """Return self-assessment minus survey in points, by unit, of this year and those before."""
        years = {facts.cycle.year: list(facts.scores.values())} | self._read_earlier(facts.cycle)
        gaps = {
            year: dict(map(_get_gap, filter(_is_filed, scores))) for year, scores in years.items()
        }
        years = sorted(gaps)
        return {
            "years": years,
            "rows": [
                {
                    "id": unit,
                    "name": score.unit_short_name,
                    "gaps": [_sign(gaps[year].get(unit)) for year in years],
                }
                for unit, score in facts.scores.items()
            ],
            "medians": [
                _sign(median(gaps[year].values()) if gaps[year] else None) for year in years
            ],
        }

    def _read_earlier(self, cycle):
        """Return the results of the published years before, as far as the user may read them."""
        cycles = self.env["it.kpi.cycle"].search(
            [
                ("company_id", "=", cycle.company_id.id),
                ("year", "<", cycle.year),
                ("publication_id", "!=", False),
            ],
            order="year desc",
            limit=YEARS - 1,
        )
        earlier = {cycle.year: [] for cycle in cycles}
        published = [("publication_id", "in", cycles.publication_id.ids)]
        for result in self._fetch_scores("it.kpi.result", published):
            earlier[result.cycle_id.year].append(result)
        return earlier

    def _get_assessors(self, facts):
        """Return who graded how many units and how, for heads of this bureau; else nothing."""
        if not has_role(self.env, "head", facts.cycle.company_id):
            return []
        surveys = self.env["it.kpi.survey"].search_fetch(
            [("cycle_id", "=", facts.cycle.id), ("state", "=", FILED_STATE["survey"])],
            ["unit_id", "assessor_ids"],
        )
        teams = {
            survey.unit_id.id: survey.sudo().assessor_ids
            for survey in surveys
            if survey.unit_id.id in facts.scores
        }
        ratios = {grade.id: exact(grade.ratio) for grade in facts.grades}
        found = compare_assessors(
            facts.lines,
            {unit: team.ids for unit, team in teams.items()},
            ratios,
            facts.grades[:1].id,
        )
        people = {person.id: person.name for team in teams.values() for person in team}
        return [self._describe_assessor(people[person], row) for person, row in found.items()]

    def _describe_assessor(self, name, row):
        told = {"name": name, "units": row.units}
        if row.units < LEAST_UNITS:
            return told | dict.fromkeys(("lines", "best", "share", "mean", "own_mean", "gap"), "")
        return told | {
            "lines": row.lines,
            "best": row.best,
            "share": _percent(row.share),
            "mean": _percent(row.mean),
            "own_mean": _percent(row.own_mean),
            "gap": _subtract(row.mean, row.own_mean),
        }


def _is_filed(score):
    return not score.unfiled


def _get_gap(score):
    return score.unit_id.id, exact(score.assessment_total) - exact(score.survey_total)


def _range(scores):
    return f"{min(scores):.2f}–{max(scores):.2f}" if scores else "–"


def _percent(value):
    return "" if value is None else f"{round_half_up(value, 1)} %"


def _subtract(mean, own_mean):
    """Return the difference of two percentages as they are shown."""
    if mean is None or own_mean is None:
        return ""
    return f"{round_half_up(mean, 1) - round_half_up(own_mean, 1):+}"


def _sign(value):
    """Return a difference in points with its sign, "–" if there is none."""
    return "–" if value is None else f"{half_up(value):+}"
