"""排名稳健性: which single marks decide, and how far one step of a grade moves a unit.

Exact and countable: every graded mark is moved by one grade up and down, and the ranking is what it
would be then (R1 to R10). Amounts are in hundredths of a point. A step changes the points of its
unit, and the mean of its indicator, which units without the indicator score (R2); what drops out
(R3), is zeroed (R7) or was not filed (R8) stays as it is.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from .ranking import Ranking

KINDS = ("assessment", "survey")
CENTS = 100
# What a step can change: who is among the last ones, who among the first ones, and who is in which
# band.
LAST, FIRST, BAND = "last", "first", "band"


@dataclass
class Sheet:
    """A unit as it stands: of each kind of form its marks by indicator, None for 未报.

    A mark is the place of its grade, best first, or None for 无此项.
    """

    marks: dict
    is_vetoed: bool = False
    zeroed: frozenset = field(default_factory=frozenset)  # indicators that an incident zeroes


class Edges(NamedTuple):
    """What is decided in a ranking: who is last or first, and in which band."""

    last_count: int = 3  # how many units must rectify (R10)
    first_count: int = 0  # how many units at the top count as the first ones
    first_of: list = None  # groups with so many first ones each; None: all units together
    bands: tuple = ()  # the finals from which the bands of grades begin, as Decimals

    def find(self, units):
        """Return LAST and FIRST, each with how many of which units they are."""
        found = [(LAST, self.last_count, units)] if self.last_count else []
        if self.first_count:
            groups = [units] if self.first_of is None else map(frozenset, self.first_of)
            found += [(FIRST, self.first_count, group) for group in groups if group]
        return found


class Step(NamedTuple):
    """A mark moved by one grade, and the final and rank that its own unit would have."""

    unit: object
    kind: str
    indicator: object
    grade: int  # to which it is moved
    final: int
    rank: int


class Effect(NamedTuple):
    """What a step changes for one unit."""

    what: str  # LAST, FIRST or BAND
    unit: object
    before: int  # whether it belongs to them, or how many bands its final reaches
    after: int


class Reach(NamedTuple):
    """The best and the worst rank that a unit would have by one step of one of its own marks."""

    rank: int
    best: int
    worst: int


class Robustness:
    """What single steps would change in a ranking."""

    def __init__(self, points, ratios, sheets, edges):
        """Compute the ranking as it is, and what every step makes of it.

        :param dict points: full points of the indicators, as Decimals
        :param ratios: of the grades as Decimals, best first
        :param dict sheets: the ``Sheet``s of the units that take part
        :param Edges edges: what is decided in the ranking
        """
        self.points = {key: int(worth * CENTS) for key, worth in points.items()}
        self.full = sum(self.points.values())
        self.scores = {
            key: [half_up(worth * CENTS * ratio) for ratio in ratios]
            for key, worth in points.items()
        }
        self.sheets = sheets
        self.edges = edges.find(frozenset(sheets))
        self.bands = [int(begin * CENTS) for begin in edges.bands]
        self.sums = {}  # {(kind, indicator): [points of the units that have it, their number]}
        self.lacking = {}  # {(kind, indicator): units that score the mean}
        self.earned = {}  # {(unit, kind): points before means}
        self._add_up()
        self.totals = {
            (unit, kind): self._get_total(unit, kind) for unit in sheets for kind in KINDS
        }
        self.finals = {unit: self._get_final(unit, {}) for unit in sheets}
        self.ranking = Ranking(self.finals)
        self.standing = self._get_standing(self.ranking)
        self.moved = {}  # {Ranking: units that have another band in it}
        self.shifted = {}  # {((kind, indicator), change of the mean): Ranking}
        self.steps = list(self._try_steps())

    def get_deciding(self):
        """Return ``{Step: what it changes}`` of the steps that would change the last ones, the
        first ones or a band."""
        return {step: changed for step, changed in self.steps if changed}

    def get_reach(self):
        """Return ``{unit: Reach}``."""
        ranks = {unit: [rank] for unit, rank in self.ranking.get_ranks().items()}
        for step, _changed in self.steps:
            ranks[step.unit].append(step.rank)
        return {unit: Reach(each[0], min(each), max(each)) for unit, each in ranks.items()}

    def get_effects(self, step):
        """Return the ``Effect``s of a step on all units, in the order of the units."""
        ranking = self._get_ranking_with(step.kind, step.indicator, self._get_change(step))
        after = self._get_standing(Ranking({**ranking.finals, step.unit: step.final}))
        return [
            Effect(what, unit, before, after[what, unit])
            for (what, unit), before in self.standing.items()
            if before != after[what, unit]
        ]

    def get_scaled_ranks(self):
        """Return ``{unit: rank}`` as if every 无此项 were left out and the total scaled (as R3
        does) instead of scoring the mean (R2)."""
        return Ranking({unit: self._get_scaled(unit) for unit in self.sheets}).get_ranks()

    def count_lacking(self, unit):
        """Return how many lines of a unit are 无此项, on both forms."""
        sheet = self.sheets[unit]
        return sum(
            self._get_own(sheet, key, mark) is None
            for kind in KINDS
            for key, mark in (sheet.marks[kind] or {}).items()
        )

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
        change = self._get_change(Step(unit, kind, key, grade, 0, 0))
        final = self._get_final(unit, {kind: change})
        ranking = self._get_ranking_with(kind, key, change)
        step = Step(unit, kind, key, grade, final, ranking.get_rank(unit, final))
        return step, self._get_changed(ranking, unit, final)

    def _get_change(self, step):
        """Return by how much a step changes the points of its line."""
        scores = self.scores[step.indicator]
        return scores[step.grade] - scores[self.sheets[step.unit].marks[step.kind][step.indicator]]

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

    def _get_changed(self, ranking, unit, final):
        """Return what is different if the unit has this final in a ranking that is otherwise as
        given: a set of LAST, FIRST and BAND."""
        changed = {
            what for what, *edge in self.edges if self._moves(ranking, unit, final, what, *edge)
        }
        if self._get_band(final) != self._get_band(self.finals[unit]) or self._get_moved(
            ranking
        ) - {unit}:
            changed.add(BAND)
        return changed

    def _moves(self, ranking, unit, final, what, size, group):
        """Return whether other units of a group are its last ones, or its first ones."""
        is_low = what == LAST
        before, after = self.ranking.get_part(group), ranking.get_part(group)
        told = before.get_outermost(size, is_low)
        if unit not in group:
            return after.get_outermost(size, is_low) != told
        edge = after.get_edge(unit, final, after.get_place(size, is_low))
        is_in = final <= edge if is_low else final >= edge
        return is_in != (unit in told) or after.get_group(edge, is_low) - {unit} != told - {unit}

    def _get_standing(self, ranking):
        """Return where each unit stands in a ranking: ``{(LAST, FIRST or BAND, unit): value}``."""
        standing = {}
        for what, size, group in self.edges:
            outermost = ranking.get_part(group).get_outermost(size, what == LAST)
            standing |= {(what, unit): int(unit in outermost) for unit in group}
        bands = {(BAND, unit): self._get_band(final) for unit, final in ranking.finals.items()}
        return standing | bands

    def _get_scaled(self, unit):
        """Return the final of a unit whose 无此项 are left out, and its totals scaled."""
        sheet = self.sheets[unit]
        if sheet.is_vetoed:
            return 0
        totals = 0
        for kind in KINDS:
            marks = sheet.marks[kind] or {}
            lacking = [k for k, mark in marks.items() if self._get_own(sheet, k, mark) is None]
            possible = self.full - sum(self.points[key] for key in lacking)
            if marks and possible:
                totals += divide(self.earned[unit, kind] * self.full, possible)
        return divide(totals, 2)

    def _get_band(self, final):
        return sum(final >= begin for begin in self.bands)

    def _get_moved(self, ranking):
        """Return the units that have another band in a ranking than they have now."""
        if ranking not in self.moved:
            self.moved[ranking] = {
                unit
                for unit, final in ranking.finals.items()
                if self._get_band(final) != self._get_band(self.finals[unit])
            }
        return self.moved[ranking]


def half_up(value):
    """Return a Decimal of 0 or more as a whole number, halves up."""
    return int(value * 2 + 1) // 2


def divide(total, count):
    """Return the quotient of whole numbers of 0 or more, halves up."""
    return (2 * total + count) // (2 * count)
