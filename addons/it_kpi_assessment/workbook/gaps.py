"""The sheet 差距 of the ranking workbook: a heat map of what a unit gives itself too much."""

from ..tools.decimals import exact
from .sheets import FORMS, UNIT_KINDS, add_indicator_sheet

# Orange and blue are told apart by everybody, and black is read on both.
HIGHER, NONE, LOWER = "#F0A878", "#FFFFFF", "#7FB8DC"
DEEPEST = exact(0.6)  # of the points: gaps that are wider have the same colour


def lay_out_gaps(book, ranking):
    """差距: a row per unit, the points of the self-assessment less those of the survey."""
    sheet = add_indicator_sheet(book, ranking, "差距", "类别", ["合计"])
    for score in ranking.scores:
        own, visit = (ranking.marks.get((score.unit_id, kind), {}) for kind in FORMS)
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
    """Let the colour of a column's cells follow their numbers, white where there is no gap."""
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
