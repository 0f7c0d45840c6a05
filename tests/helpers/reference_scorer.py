"""The scoring rules R1 to R10 and R13 once more, independently, in fractions and plain loops.

It reads marks and nothing else, so that a stored number that went wrong cannot hide.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

NOT_APPLICABLE = "N"


@dataclass
class Unit:
    """The marks of a unit: one letter per indicator; ``None`` for a form that is 未报."""

    assessment: str | None
    survey: str
    vetoed: bool = False
    withdrawn: bool = False
    zeroed: frozenset = field(default_factory=frozenset)


@dataclass
class Score:
    """What a unit gets, in points."""

    assessment_total: Decimal
    survey_total: Decimal
    before_veto: Decimal
    final: Decimal
    rank: int = 0
    is_last: bool = False


def read_incidents(unit, kinds, readings):
    """Return the unit as its incidents leave it.

    A reading says of a kind of incident "none", "final", or the row that scores 0.
    """
    effects = [readings[kind] for kind in kinds]
    return Unit(
        unit.assessment,
        unit.survey,
        vetoed="final" in effects,
        withdrawn=unit.withdrawn,
        zeroed=frozenset(effects) - {"none", "final"},
    )


def round_half_up(value):
    """Return the fraction as a Decimal with two places, halves up."""
    hundredths = (value * 100 + Fraction(1, 2)).__floor__()
    return Decimal(hundredths) / 100


class Year:
    """A year of units graded on indicators worth ``points``, grades worth ``ratios``."""

    def __init__(self, points, ratios, units, last_count=3, weight=50):
        self.points = [Fraction(str(worth)) for worth in points]
        self.ratios = {code: Fraction(str(ratio)) for code, ratio in ratios.items()}
        self.units = {name: unit for name, unit in units.items() if not unit.withdrawn}
        self.last_count = last_count
        self.weight = Fraction(str(weight)) / 100  # of the self-assessment

    def own_score(self, unit, kind, row):
        """Return what the unit's own mark earns, None where it lacks the indicator."""
        if row in unit.zeroed:
            return Fraction(0)
        mark = getattr(unit, kind)[row]
        if mark == NOT_APPLICABLE:
            return None
        return Fraction(round_half_up(self.points[row] * self.ratios[mark]))

    def mean(self, kind, row):
        """Return the rounded mean of the filed forms that have the row, None if nobody has."""
        scores = []
        for unit in self.units.values():
            if getattr(unit, kind) is not None:
                score = self.own_score(unit, kind, row)
                if score is not None:
                    scores.append(score)
        if not scores:
            return None
        return Fraction(round_half_up(sum(scores) / len(scores)))

    def total(self, unit, kind):
        """Return a form's total in points."""
        if getattr(unit, kind) is None:
            return Decimal(0)
        earned, possible = Fraction(0), Fraction(0)
        for row, worth in enumerate(self.points):
            score = self.own_score(unit, kind, row)
            if score is None:
                score = self.mean(kind, row)
            if score is not None:
                earned += score
                possible += worth
        if not possible:
            return Decimal(0)
        return round_half_up(earned * sum(self.points) / possible)

    def scores(self):
        """Return ``{unit's name: Score}`` with ranks, of the units that were not withdrawn."""
        result = {}
        for name, unit in self.units.items():
            totals = [self.total(unit, kind) for kind in ("assessment", "survey")]
            own, visit = map(Fraction, totals)
            before = round_half_up(self.weight * own + (1 - self.weight) * visit)
            final = Decimal(0) if unit.vetoed else before
            result[name] = Score(totals[0], totals[1], before, final)
        for score in result.values():
            finals = [other.final for other in result.values()]
            score.rank = 1 + sum(final > score.final for final in finals)
            score.is_last = sum(final < score.final for final in finals) < self.last_count
        return result
