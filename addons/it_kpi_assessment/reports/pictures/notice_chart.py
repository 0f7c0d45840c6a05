"""附件 of the 通报: the scores as bars, white, grey and black, each with its number beside it."""

from collections import Counter
from typing import NamedTuple

from ...tools.decimals import CENT, exact, plain_number, plain_points

# With more units the bars cannot be compared one by one; then each bar counts the units of a range
# of points.
SHOWN_UNITS = 60
RANGES = 20  # that the full points are divided into
TOTALS = (
    ("assessment_total", "自评", "#fff"),
    ("survey_total", "实地考核", "#b3b3b3"),
    ("final", "最终", "#000"),
)


class Bar(NamedTuple):
    """One bar with its number beside it."""

    label: str
    share: float  # length from 0 to 1; 1 is the longest possible bar
    text: str
    colour: str


class Row(NamedTuple):
    """A unit, or a range of points, with its bars."""

    place: int | None  # the rank; a range of points has none
    name: str
    bars: list


class Chart(NamedTuple):
    """The chart as the template prints it."""

    title: str
    note: str
    heads: tuple  # pairs of a heading and the number of its columns
    rows: list


def get_chart(results, full_points):
    """Return the ``Chart`` of published results, which are in the order of their ranks.

    :param full_points: of the rubric
    """
    if len(results) > SHOWN_UNITS:
        return _count_finals(results, exact(full_points))
    return Chart(
        "得分对照图",
        f"每个单位三条，依次为自评、实地考核和最终得分；满格为{plain_points(full_points)}分。",
        (("名次", 1), ("单位", 1), ("得分", 1)),
        [_get_unit_row(result, full_points) for result in results],
    )


def _get_unit_row(result, full_points):
    bars = [
        Bar(label, result[total] / full_points, f"{result[total]:.2f}", colour)
        for total, label, colour in TOTALS
    ]
    return Row(result.rank, result.unit_name, bars)


def _count_finals(results, full_points):
    """Return a chart with a bar per range of finals, from the best unit down to the last."""
    width = full_points / RANGES
    counts = Counter(min(exact(result.final) // width, RANGES - 1) for result in results)
    longest = max(counts.values())
    return Chart(
        "最终得分分布图",
        f"共{len(results)}个单位，按最终得分每{plain_number(width)}分一段，各段含下限。",
        (("最终得分", 2), ("单位数", 1)),
        [
            Row(
                None,
                _name_range(number * width, width, full_points),
                [Bar("", counts[number] / longest, f"{counts[number]}个", "#000")],
            )
            for number in range(int(max(counts)), int(min(counts)) - 1, -1)
        ],
    )


def _name_range(start, width, full_points):
    end = start + width
    last = full_points if end >= full_points else end - CENT
    return f"{plain_number(start)}—{plain_number(last)}分"
