"""等次: which grade each unit of a year gets (spec, section 7). Exact numbers, no models.

Bars and the quota never change a final: they give a unit another grade than the one that its final
reaches, and the grounds say why. First come the bars; the units that are left compete for the
quota of the best grade.
"""

from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

# What bars a unit from the best grade: a veto, 未报, an unfinished rectification.
BARS = ("veto", "unfiled", "rectification")
BEST, LOWEST = "best", "lowest"
# At the edge of the quota, units with the same final are all within it, or none of them is.
NOBODY, EVERYBODY = "nobody", "everybody"


class Band(NamedTuple):
    """A grade: its name, and the least final (in points, included) that reaches it."""

    name: str
    threshold: Decimal


class Rules(NamedTuple):
    """The settings of a rubric. ``bands`` are ordered from the best grade to the lowest."""

    bands: tuple[Band, ...]
    quota_kind: str | None = None  # None, "number" or "percent" of the units
    quota: Decimal = Decimal(0)
    quota_by_kind: bool = False  # the quota holds within each kind of unit
    edge: str = NOBODY
    bars: dict = {}  # {bar: BEST or LOWEST}; bars left out bar nothing


class Candidate(NamedTuple):
    """A unit that is graded: its final in points, its kind, and the bars that it falls under."""

    unit: int
    final: Decimal
    kind: str
    bars: frozenset = frozenset()


class Grade(NamedTuple):
    """The grade of a unit: the places (0: the best) given and reached, and why they differ."""

    given: int
    reached: int
    grounds: tuple[str, ...] = ()


def grade_units(rules, candidates):
    """Return ``{unit: Grade}``; an empty dict where there are no bands.

    :param Rules rules: the settings
    :param candidates: a ``Candidate`` for each unit that takes part in the year
    """
    if not rules.bands:
        return {}
    grades = {each.unit: _apply_bars(rules, each) for each in candidates}
    if rules.quota_kind and len(rules.bands) > 1:
        for competing in _group(rules, candidates):
            for unit in _find_pushed_out(rules, competing, grades):
                grades[unit] = grades[unit]._replace(given=1, grounds=("quota",))
    return grades


def find_place(bands, final):
    """Return the place of the grade that a final reaches; of the lowest one if it reaches none."""
    reached = (place for place, band in enumerate(bands) if final >= band.threshold)
    return next(reached, len(bands) - 1)


def count_quota(rules, unit_count):
    """Return how many of so many units may get the best grade, rounded down."""
    if rules.quota_kind == "percent":
        return int((rules.quota * unit_count / 100).to_integral_value(rounding=ROUND_FLOOR))
    return int(rules.quota.to_integral_value(rounding=ROUND_FLOOR))


def _apply_bars(rules, candidate):
    """Return the grade that the final and the bars give, before the quota."""
    lowest = len(rules.bands) - 1
    reached = given = find_place(rules.bands, candidate.final)
    grounds = []
    for bar in BARS:
        effect = rules.bars.get(bar) if bar in candidate.bars else None
        limit = {BEST: min(1, lowest), LOWEST: lowest}.get(effect, 0)
        if limit > reached:
            grounds.append(bar)
        given = max(given, limit)
    return Grade(given, reached, tuple(grounds))


def _group(rules, candidates):
    """Return lists of candidates that share a quota."""
    if not rules.quota_by_kind:
        return [list(candidates)]
    groups = {}
    for candidate in candidates:
        groups.setdefault(candidate.kind, []).append(candidate)
    return groups.values()


def _find_pushed_out(rules, competing, grades):
    """Return the units that reach the best grade and are left out by its quota."""
    quota = count_quota(rules, len(competing))
    best = [each for each in competing if grades[each.unit].given == 0]
    best.sort(key=lambda each: each.final, reverse=True)
    if len(best) <= quota:
        return []
    if not quota:
        return [each.unit for each in best]
    first_out = best[quota].final
    if best[quota - 1].final > first_out or rules.edge == EVERYBODY:
        return [each.unit for each in best if each.final < best[quota - 1].final]
    return [each.unit for each in best if each.final <= first_out]
