"""资金分配建议: how a pool of money is shared among units (spec, section 7). Exact, no models.

Every unit has a weight, and bounds in whole yuan. The pool is shared in proportion to the weights:
one rate (yuan for each unit of weight) is sought for which the amounts, cut at their bounds, add up
to the pool. Then the amounts are rounded to whole yuan by the largest remainder, so that the sum
stays exact and no bound is passed.
"""

from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

GRADE, FINAL, GATE = "grade", "final", "gate"


class Share(NamedTuple):
    """A unit that may get money: its base in yuan, what it is weighed by, and its place.

    ``factor`` is the coefficient of its grade, its final, or its excess over the gate, not less
    than 0. A unit that is left out gets nothing, whatever the bounds. Of units with the same
    remainder the one with the smaller ``place`` is rounded up: that of the higher final.
    """

    unit: int
    base: Fraction
    factor: Fraction
    place: int
    is_left_out: bool = False


class Bounds(NamedTuple):
    """What a unit gets at least and at most, in percent of its base; None is no bound."""

    floor: Fraction | None = None
    ceiling: Fraction | None = None


class Amount(NamedTuple):
    """What a unit gets in whole yuan, and how it came about.

    ``exact`` is the amount before it is rounded; ``bound`` is "floor" or "ceiling" where it was cut
    at one, else None.
    """

    yuan: int
    weight: Fraction
    exact: Fraction
    bound: str | None


class Allocation(NamedTuple):
    """The amounts by unit, and the rate: yuan for each unit of weight."""

    amounts: dict
    rate: Fraction


class Impossible(Exception):
    """The pool cannot be shared like this; ``reason`` says why, ``limit`` in whole yuan.

    The reason is "floors" (they need more than the pool), "ceilings" (they take less), "narrow" (no
    whole yuan lies between floor and ceiling of a unit) or "nobody" (no unit has a weight).
    """

    def __init__(self, reason, limit=0):
        super().__init__(reason)
        self.reason, self.limit = reason, limit


class _Part(NamedTuple):
    share: Share
    weight: Fraction
    least: int
    most: int


def allocate(pool, shares, bounds=None):
    """Share a pool among units.

    :param int pool: in yuan, not negative
    :param shares: a ``Share`` for each unit
    :return: an ``Allocation`` whose amounts add up to the pool
    :raise Impossible: the bounds do not let the pool be shared, or no unit may get anything
    """
    parts = [_bound(pool, share, bounds or Bounds()) for share in shares]
    _check(pool, parts)
    rate = _find_rate(pool, parts)
    exact = {part.share.unit: _cut(part, rate) for part in parts}
    yuan = _round(pool, parts, exact)
    amounts = {
        part.share.unit: Amount(
            yuan[part.share.unit],
            part.weight,
            exact[part.share.unit],
            _name_bound(part, rate, bounds or Bounds()),
        )
        for part in parts
    }
    return Allocation(amounts, rate)


def _bound(pool, share, bounds):
    """Return the weight of a unit, and its bounds in whole yuan."""
    if share.is_left_out:
        return _Part(share, Fraction(0), 0, 0)
    weight = share.base * share.factor
    least = 0 if bounds.floor is None else ceil(share.base * bounds.floor / 100)
    most = pool if bounds.ceiling is None else floor(share.base * bounds.ceiling / 100)
    return _Part(share, weight, least, max(most, 0))


def _check(pool, parts):
    """Raise Impossible unless some rate shares the pool."""
    if any(part.least > part.most for part in parts if not part.share.is_left_out):
        if sum(part.least for part in parts) <= pool:
            raise Impossible("narrow")
    least = sum(part.least for part in parts)
    if least > pool:
        raise Impossible("floors", least)
    if pool > least and not any(part.weight for part in parts):
        raise Impossible("nobody")
    most = sum(part.most if part.weight else part.least for part in parts)
    if most < pool:
        raise Impossible("ceilings", most)


def _find_rate(pool, parts):
    """Return the rate at which the amounts, cut at their bounds, add up to the pool.

    The sum grows with the rate along straight pieces between the rates at which a unit leaves its
    least amount, or reaches its most.
    """
    weighed = [part for part in parts if part.weight]
    total = sum(part.least for part in parts)  # at the rate 0
    steps = sorted(
        [(Fraction(part.least) / part.weight, part.weight) for part in weighed]
        + [(Fraction(part.most) / part.weight, -part.weight) for part in weighed]
    )
    rate, slope = Fraction(0), Fraction(0)
    for step, change in steps:
        gained = slope * (step - rate)
        if total + gained >= pool:
            break
        total, rate, slope = total + gained, step, slope + change
    return rate + (pool - total) / slope if slope else rate


def _cut(part, rate):
    return min(max(part.weight * rate, Fraction(part.least)), Fraction(part.most))


def _round(pool, parts, exact):
    """Return whole yuan by unit: the largest remainders are rounded up until the sum is exact."""
    yuan = {part.share.unit: floor(exact[part.share.unit]) for part in parts}
    left = pool - sum(yuan.values())
    order = sorted(
        (part.share for part in parts),
        key=lambda share: (yuan[share.unit] - exact[share.unit], share.place),
    )
    for share in order[:left]:
        yuan[share.unit] += 1
    return yuan


def _name_bound(part, rate, bounds):
    """Return which bound the amount was cut at, if it was."""
    if part.share.is_left_out:
        return None
    if part.weight * rate < part.least and bounds.floor is not None:
        return "floor"
    if part.weight * rate > part.most and bounds.ceiling is not None:
        return "ceiling"
    return None
