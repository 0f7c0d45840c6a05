from collections import Counter
from typing import NamedTuple

from odoo import models

from ...review.robustness import BAND, CENTS, FIRST, LAST

# Rows of a page; the number of all of them is told.
SHOWN_STEPS = 200


class Mark(NamedTuple):
    """A line of a form: the first fields of a ``Step``."""

    unit: int
    kind: str
    indicator: int


class ItKpiRobustness(models.AbstractModel):
    """Of each unit: its gaps, its reach, and the marks that decide."""

    _inherit = "it.kpi.robustness"

    def _describe_settings(self, facts):
        """Return sentences that say what counts as decided in this year."""
        rubric = facts.cycle.sudo().rubric_id
        sentences = []
        if rubric.last_count:
            sentences.append(self.env._("The last %s units must rectify.", rubric.last_count))
        if rubric.commended == "first":
            told = self.env._("The first %s units are proposed for commendation.")
            if rubric.commended_by_kind:
                told = self.env._("The first %s units of each kind are proposed for commendation.")
            sentences.append(told % rubric.commended_count)
        if rubric.band_ids:
            sentences.append(
                self.env._("Grades of units are looked at by the final alone, before the quota.")
            )
        return sentences

    def _get_units(self, facts):
        engine = facts.engine
        reach, scaled = engine.get_reach(), engine.get_scaled_ranks()
        marks = Counter(mark.unit for mark in self._get_marks(facts))
        finals = sorted(set(engine.finals.values()))
        return [
            {
                "id": unit,
                "name": score.unit_short_name,
                "rank": reach[unit].rank,
                "final": _write(engine.finals[unit]),
                "is_last": score.is_last,
                "above": self._describe_gap(facts, finals, unit, 1),
                "below": self._describe_gap(facts, finals, unit, -1),
                "best": reach[unit].best,
                "worst": reach[unit].worst,
                "marks": marks[unit],
                "lacking": engine.count_lacking(unit),
                "scaled_rank": scaled[unit],
            }
            for unit, score in facts.scores.items()
        ]

    def _describe_gap(self, facts, finals, unit, direction):
        """Return how far the next final above (1) or below (-1) is: ``points`` and ``words``.

        :param finals: all finals once, from the lowest one
        """
        own = facts.engine.finals[unit]
        place = finals.index(own) + direction
        if not 0 <= place < len(finals):
            return {"points": "", "words": ""}
        gap = abs(finals[place] - own)
        return {"points": _write(gap), "words": self._compare_with_step(facts, gap)}

    def _compare_with_step(self, facts, gap):
        """Return the least indicator on which one grade of one form makes up for a gap."""
        scores = facts.engine.scores
        steps = {
            key: max(one - other for one, other in zip(each, each[1:], strict=False))
            for key, each in scores.items()
            if len(each) > 1
        }
        enough = [facts.engine.points[key] for key, step in steps.items() if step >= 2 * gap]
        if not enough:
            return self.env._("more than one grade on any indicator")
        return self.env._(
            "one grade on an indicator of %s points",
            f"{min(enough) / CENTS:.2f}".rstrip("0").rstrip("."),
        )

    def _get_marks(self, facts):
        """Return the marks that decide, each once: one may decide upwards and downwards."""
        return {Mark(*step[: len(Mark._fields)]) for step in facts.engine.get_deciding()}

    def _get_deciding(self, facts):
        """Return the deciding steps: those on the last ones first, then by rank."""
        found = facts.engine.get_deciding()
        ranks = facts.engine.ranking.get_ranks()
        order = {indicator.id: place for place, indicator in enumerate(facts.indicators)}

        def get_place(step):
            changed = [what not in found[step] for what in (LAST, FIRST, BAND)]
            return (changed, ranks[step.unit], step.kind, order[step.indicator], step.grade)

        steps = sorted(found, key=get_place)
        return {
            "count": len(self._get_marks(facts)),
            "steps": len(steps),
            "rows": [self._describe_step(facts, step) for step in steps[:SHOWN_STEPS]],
        }

    def _describe_step(self, facts, step):
        score = facts.scores[step.unit]
        mark = facts.engine.sheets[step.unit].marks[step.kind][step.indicator]
        kinds = dict(
            self.env["it.kpi.ranking.line"]._fields["kind"]._description_selection(self.env)
        )
        indicator = facts.indicators.browse(step.indicator)
        return {
            "unit": score.unit_short_name,
            "form": kinds[step.kind],
            "indicator": indicator.form_label,
            "grade": facts.grades[mark].code,
            "moved": facts.grades[step.grade].code,
            "final": _write(step.final),
            "rank": step.rank,
            "effects": [
                self._describe_effect(facts, each) for each in facts.engine.get_effects(step)
            ],
        }

    def _describe_effect(self, facts, effect):
        unit = facts.scores[effect.unit].unit_short_name
        if effect.what == LAST and effect.after:
            return self.env._("%s joins the last ones", unit)
        if effect.what == LAST:
            return self.env._("%s leaves the last ones", unit)
        if effect.what == FIRST and effect.after:
            return self.env._("%s joins the first ones", unit)
        if effect.what == FIRST:
            return self.env._("%s leaves the first ones", unit)
        names = self._name_bands(facts)
        return self.env._(
            "%(unit)s: from “%(before)s” to “%(after)s”",
            unit=unit,
            before=names[effect.before],
            after=names[effect.after],
        )

    def _name_bands(self, facts):
        """Return the names of the bands by how many of them a final reaches."""
        bands = facts.cycle.sudo().rubric_id.band_ids.sorted("threshold")
        return [self.env._("no grade"), *bands.mapped("name")]


def _write(cents):
    return f"{cents / CENTS:.2f}"
