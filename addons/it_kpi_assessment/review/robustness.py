"""排名稳健性: which single marks decide, and how far one step of a grade moves a unit.

Exact and countable: every graded mark is moved by one grade up and down, and the ranking is what it
would be then (R1 to R10). Amounts are in hundredths of a point. A step changes the points of its
unit, and the mean of its indicator, which units without the indicator score (R2); what drops out
(R3), is zeroed (R7) or was not filed (R8) stays as it is.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

KINDS = ("assessment", "survey")
CENTS = 100


@dataclass
class Sheet:
    """A unit as it stands: of each kind of form its marks by indicator, None for 未报.

    A mark is the place of its grade, best first, or None for 无此项.
    """

    marks: dict
    is_vetoed: bool = False
    zeroed: frozenset = field(default_factory=frozenset)  # indicators that an incident zeroes


class Step(NamedTuple):
    """A mark moved by one grade, and the final and rank that its own unit would have."""

    unit: object
    kind: str
    indicator: object
    grade: int  # to which it is moved
    final: int
    rank: int


class Reach(NamedTuple):
    """The best and the worst rank that a unit would have by one step of one of its own marks."""

    rank: int
    best: int
    worst: int


class Robustness:
    """What single steps would change in a ranking."""

    def __init__(self, points, ratios, sheets, last_count=3, first_count=3, bands=()):
        """Compute the ranking as it is.

        :param dict points: full points of the indicators, as Decimals
        :param ratios: of the grades as Decimals, best first
        :param dict sheets: the ``Sheet``s of the units that take part
        :param last_count: how many units must rectify (R10)
        :param first_count: how many units at the top count as the first ones
        :param bands: the finals from which the bands of grades begin, as Decimals
        """
        self.points = {key: int(worth * CENTS) for key, worth in points.items()}
        self.full = sum(self.points.values())
        self.scores = {
            key: [half_up(worth * CENTS * ratio) for ratio in ratios]
            for key, worth in points.items()
        }
        self.sheets = sheets
        self.last_count, self.first_count = last_count, first_count
        self.bands = [int(begin * CENTS) for begin in bands]
        self.sums = {}  # {(kind, indicator): [points of the units that have it, their number]}
        self.lacking = {}  # {(kind, indicator): units that score the mean}
        self.earned = {}  # {(unit, kind): points before means}
        self._add_up()
        self.totals = {
            (unit, kind): self._get_total(unit, kind) for unit in sheets for kind in KINDS
        }
        self.finals = {unit: self._get_final(unit, {}) for unit in sheets}
        self.ranking = Ranking(self.finals)
        self.shifted = {}  # {((kind, indicator), change of the mean): Ranking}
        self.steps = list(self._try_steps())

    def get_deciding(self):
        """Return the steps that would change the last ones, the first ones or a band."""
        return [step for step, decides in self.steps if decides]

    def get_reach(self):
        """Return ``{unit: Reach}``."""
        ranks = {unit: [self.ranking.get_rank(unit, final)] for unit, final in self.finals.items()}
        for step, _decides in self.steps:
            ranks[step.unit].append(step.rank)
        return {unit: Reach(each[0], min(each), max(each)) for unit, each in ranks.items()}

    def _add_up(self):
        for unit, sheet in self.sheets.items():
            for kind in KINDS:
                self.earned[unit, kind] = 0
                for key, mark in (sheet.marks[kind] or {}).items():
                    own = self._get_own(sheet, key, mark)
                    if own is None:
                        self.lacking.setdefault((kind, key), []).append(unit)
                    else:
                        total = self.sums.setdefault((kind, key), [0, 0])
                        total[0] += own
                        total[1] += 1
                        self.earned[unit, kind] += own

    def _get_own(self, sheet, key, mark):
        """Return the points of a mark (R1, R7), None where the unit lacks the indicator."""
        if key in sheet.zeroed:
            return 0
        return None if mark is None else self.scores[key][mark]

    def _get_mean(self, place, change=0):
        """Return the mean of an indicator of a form (R2), None if no unit has it."""
        total, count = self.sums.get(place, (0, 0))
        return divide(total + change, count) if count else None

    def _get_total(self, unit, kind):
        """Return pair of what a form earns, and of the points that count in it (R3)."""
        earned, possible = self.earned[unit, kind], self.full
        for key, mark in (self.sheets[unit].marks[kind] or {}).items():
            if self._get_own(self.sheets[unit], key, mark) is None:
                mean = self._get_mean((kind, key))
                earned += mean or 0
                possible -= 0 if mean is not None else self.points[key]
        return earned, possible

    def _get_final(self, unit, changes):
        """Return the final of a unit (R4 to R6) whose forms earn more by ``{kind: change}``."""
        if self.sheets[unit].is_vetoed:
            return 0
        totals = 0
        for kind in KINDS:
            earned, possible = self.totals[unit, kind]
            if self.sheets[unit].marks[kind] is not None and possible:
                totals += divide((earned + changes.get(kind, 0)) * self.full, possible)
        return divide(totals, 2)

    def _try_steps(self):
        """Yield pairs of each ``Step`` and whether it decides something."""
        for unit, sheet in self.sheets.items():
            for kind in KINDS:
                for key, mark in (sheet.marks[kind] or {}).items():
                    if mark is None or key in sheet.zeroed:
                        continue
                    for grade in (mark - 1, mark + 1):
                        if 0 <= grade < len(self.scores[key]):
                            yield self._try_step(unit, kind, key, grade)

    def _try_step(self, unit, kind, key, grade):
        own = self.scores[key][self.sheets[unit].marks[kind][key]]
        change = self.scores[key][grade] - own
        final = self._get_final(unit, {kind: change})
        ranking = self._get_ranking_with(kind, key, change)
        rank = ranking.get_rank(unit, final)
        return Step(unit, kind, key, grade, final, rank), self._decides(ranking, unit, final)

    def _get_ranking_with(self, kind, key, change):
        """Return the ranking after the mean of an indicator of a form changed; few are different,
        because a mean is rounded."""
        place = kind, key
        shift = self._get_mean(place, change) - self._get_mean(place)
        units = self.lacking.get(place) if shift else None
        if not units:
            return self.ranking
        if (place, shift) not in self.shifted:
            moved = {unit: self._get_final(unit, {kind: shift}) for unit in units}
            self.shifted[place, shift] = Ranking({**self.finals, **moved})
        return self.shifted[place, shift]

    def _decides(self, ranking, unit, final):
        """Return whether the last ones, the first ones or a band are others if the unit has this
        final in a ranking that is otherwise as given."""
        count = len(self.sheets)
        for size, is_low in ((self.last_count, True), (self.first_count, False)):
            if size:
                place = min(size, count) - 1 if is_low else max(count - size, 0)
                edge = ranking.get_edge(unit, final, place)
                told = self.ranking.get_group(self.ranking.ordered[place], is_low)
                now = ranking.get_group(edge, is_low)
                is_in = final <= edge if is_low else final >= edge
                if is_in != (unit in told) or now - {unit} != told - {unit}:
                    return True
        return bool(
            self._get_band(final) != self._get_band(self.finals[unit])
            or self._get_moved(ranking) - {unit}
        )

    def _get_band(self, final):
        return sum(final >= begin for begin in self.bands)

    def _get_moved(self, ranking):
        """Return the units that have another band in a ranking than they have now."""
        if not self.bands or ranking is self.ranking:
            return set()
        return {
            unit
            for unit, final in ranking.finals.items()
            if self._get_band(final) != self._get_band(self.finals[unit])
        }


class Ranking:
    """Finals in their order, from which one unit can be moved without sorting anew."""

    def __init__(self, finals):
        self.finals = finals
        self.ordered = sorted(finals.values())
        self.groups = {}

    def get_rank(self, unit, final):
        """Return the rank of a unit (R9) if it had this final."""
        above = len(self.ordered) - bisect_right(self.ordered, final)
        return 1 + above - (self.finals[unit] > final)

    def get_edge(self, unit, final, place):
        """Return the final at a place, from the lowest one, if a unit had this final."""
        own = self.finals[unit]
        taken, given = bisect_left(self.ordered, own), bisect_left(self.ordered, final)
        given -= own < final
        if place == given:
            return final
        place -= place > given
        return self.ordered[place + (place >= taken)]

    def get_group(self, edge, is_low):
        """Return the units whose final is not above the edge (R10), or not below it."""
        if (edge, is_low) not in self.groups:
            self.groups[edge, is_low] = {
                unit
                for unit, final in self.finals.items()
                if (final <= edge if is_low else final >= edge)
            }
        return self.groups[edge, is_low]


def half_up(value):
    """Return a Decimal of 0 or more as a whole number, halves up."""
    return int(value * 2 + 1) // 2


def divide(total, count):
    """Return the quotient of whole numbers of 0 or more, halves up."""
    return (2 * total + count) // (2 * count)
