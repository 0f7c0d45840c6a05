"""The sheet 差距 of the ranking workbook: a heat map of self-assessment against survey."""

from ..tools.decimals import exact
from ..tools.official_words import FORM_NAMES
from .sheets import UNIT_KINDS, add_indicator_sheet

# Colour-blind readers can distinguish orange and blue, and black text is legible on both.
HIGHER, NONE, LOWER = "#F0A878", "#FFFFFF", "#7FB8DC"
DEEPEST = exact(0.6)  # of the points: gaps that are wider have the same colour


def write_gaps(book, ranking):
    """Add 差距, a row per unit: the points of the self-assessment less those of the survey."""
    sheet = add_indicator_sheet(book, ranking, "差距", "类别", ["合计"])
    for score in ranking.scores:
        own, visit = (ranking.marks.get((score.unit_id, kind), {}) for kind in FORM_NAMES)
        unit = ranking.units[score.unit_id]
        sheet.add(
            (score.rank, "count"),
            (unit.name, "text"),
            (UNIT_KINDS[unit.kind], "centre"),
            *(_get_cell(own.get(each), visit.get(each)) for each in ranking.indicator_ids),
            _get_total_cell(score),
        )
    sheet.close_rows()
    first = len(sheet.widths) - 1 - len(ranking.indicators)
    for column, indicator in enumerate(ranking.indicators, first):
        _colour(sheet, column, indicator.points)
    _colour(sheet, len(sheet.widths) - 1, ranking.rubric.full_points)


def _get_cell(own, visit):
    if own is None or visit is None:
        return ("—", "centre")
    origins = {own.origin, visit.origin}
    if "dropped" in origins:
        return ("不计", "dropped")
    special = next((origin for origin in ("zeroed", "mean") if origin in origins), None)
    style = f"points_gap_{special}" if special else "points_gap"
    return (_subtract(own.score, visit.score), style)


def _get_total_cell(score):
    if score.unfiled or None in (score.assessment_total, score.survey_total):
        return ("—", "centre")
    return (_subtract(score.assessment_total, score.survey_total), "points_gap")


def _subtract(own, visit):
    return exact(own) - exact(visit)


def _colour(sheet, column, points):
    """Colour the cells of a column by their numbers, white where there is no gap.

    :param points: of the indicator, or the full points; ``DEEPEST`` of them is the deepest colour
    """
    deepest = float(DEEPEST * exact(points))
    sheet.page.conditional_format(
        *(sheet.header_row + 1, column, max(sheet.row - 1, sheet.header_row + 1), column),
        {
            "type": "3_color_scale",
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": -deepest,
            "mid_value": 0,
            "max_value": deepest,
            "min_color": LOWER,
            "mid_color": NONE,
            "max_color": HIGHER,
        },
    )
