"""How far marks agree with a reference, as counts: exact, and within one grade.

A mark is the step of its grade, 0 for the best one, or ``NOT_APPLICABLE``; None where there is
none.
"""

from typing import NamedTuple

NOT_APPLICABLE = "N"


class Agreement(NamedTuple):
    """Of so many marks that were compared: how many are the same, how many within one grade."""

    exact: int
    near: int
    total: int


def is_near(mark, reference):
    """Return whether two marks are the same, or grades next to each other.

    无此项 is near to no grade: whether the unit has the thing is no matter of degree.
    """
    if NOT_APPLICABLE in (mark, reference):
        return mark == reference
    return abs(mark - reference) <= 1


def compare(pairs):
    """Return the agreement of ``[(mark, reference)]``; pairs that lack one of the two are left out.

    What is the same is within one grade, too.
    """
    pairs = [pair for pair in pairs if None not in pair]
    return Agreement(
        sum(mark == reference for mark, reference in pairs),
        sum(is_near(mark, reference) for mark, reference in pairs),
        len(pairs),
    )


def get_gap(mark, reference):
    """Return by how many grades a mark is better than the reference; None if one is no grade."""
    if None in (mark, reference) or NOT_APPLICABLE in (mark, reference):
        return None
    return reference - mark


def get_spread(counts):
    """Return how much the marks of a form spread, to be compared: more is more.

    First by how many different marks it has, then by how few of them are the most frequent one.

    :param counts: how often each mark of the form stands on it
    """
    return (len(counts), -max(counts, default=0))
