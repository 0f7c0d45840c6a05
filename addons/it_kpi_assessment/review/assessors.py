"""Who graded how: of each assessor the share of best grades, and the mean beside that of the units.

Everything is counted, nothing is tested for significance: twenty units bear no coefficients.
"""

from decimal import Decimal
from typing import NamedTuple


class Grading(NamedTuple):
    """What an assessor graded. Shares and means are in percent of the points, as Decimals."""

    units: int
    lines: int  # with a grade on the survey
    best: int  # of them with the best grade
    share: object  # of the best grade; None without lines
    mean: object  # of the lines that both forms of a unit graded; None if there are none
    own_mean: object  # of the same lines on the self-assessments


def compare_assessors(lines, teams, ratios, best):
    """Return ``{assessor: Grading}``, by the number of units.

    :param lines: with ``unit``, ``kind``, ``indicator`` and ``grade`` (None for 无此项)
    :param dict teams: the assessors of each unit's survey
    :param dict ratios: of the grades, as Decimals
    :param best: the best grade
    """
    marks = {(line.kind, line.unit, line.indicator): line.grade for line in lines if line.grade}
    graded = {}  # {assessor: [(grade on the survey, grade on the self-assessment or None)]}
    for (kind, unit, indicator), grade in marks.items():
        if kind == "survey":
            for person in teams.get(unit, ()):
                pair = grade, marks.get(("assessment", unit, indicator))
                graded.setdefault(person, []).append(pair)
    units = {}
    for team in teams.values():
        for person in team:
            units[person] = units.get(person, 0) + 1
    found = {
        person: _count(number, graded.get(person, ()), ratios, best)
        for person, number in units.items()
    }
    return dict(sorted(found.items(), key=lambda item: -item[1].units))


def _count(units, pairs, ratios, best):
    chosen = sum(grade == best for grade, _own in pairs)
    both = [(ratios[grade], ratios[own]) for grade, own in pairs if own]
    return Grading(
        units,
        len(pairs),
        chosen,
        _get_percent(chosen, len(pairs)),
        _get_percent(sum(ratio for ratio, _own in both), len(both)),
        _get_percent(sum(own for _ratio, own in both), len(both)),
    )


def _get_percent(total, count):
    return Decimal(100 * total) / count if count else None
