"""The plain sheet 数据: a row for every unit, form and indicator, to recompute the year from.

With the settings of 参数 it needs no other sheet: marks, points and ratios give the points of a
line, sums and counts its mean, and the lines the totals (R1 to R10).
"""

from collections import defaultdict

from ..tools.decimals import exact
from ..tools.official_words import FORM_NAMES
from .formulas import DATA, name_columns
from .plain import add_plain_sheet
from .sheets import UNIT_KINDS, get_missing_label

COLUMNS = {
    **{"单位编号": 9, "单位": 30, "类别": 9, "考核方式": 9, "指标编号": 9, "等次": 7, "分值": 7},
    **{"比例": 7, "计零": 6, "平均分合计": 11, "平均分单位数": 13, "得分": 9, "来源": 7},
}
ORIGINS = {"graded": "等次", "mean": "平均", "zeroed": "计零", "dropped": "不计"}
COUNTED = {"graded", "zeroed"}  # what goes into a mean (R2)
A_SHEET = 1_000_000  # rows; spreadsheet programs end at 1,048,576


def write_data(book, ranking):
    """Add 数据, in the order of the ranks; a whole country goes on to 数据2, and so on."""
    per_unit = len(FORM_NAMES) * len(ranking.indicators)
    size = A_SHEET // per_unit
    get_rows = _make_rows(ranking)
    for number, start in enumerate(range(0, max(len(ranking.scores), 1), size), 1):
        scores = ranking.scores[start : start + size]
        name = f"{DATA}{number}" if number > 1 else DATA
        rows = (row for score in scores for row in get_rows(score))
        add_plain_sheet(book, ranking, name, COLUMNS, rows, per_unit * len(scores))
        names = {head: column for column, head in enumerate(COLUMNS)}
        name_columns(book, name, names, 1, per_unit * len(scores))


def _make_rows(ranking):
    """Return a function that returns the rows of a score."""
    sums = _add_up_means(ranking.marks)
    indicators = [(each.id, each.code, each.points) for each in ranking.indicators]
    grades = {grade.id: (grade.code, grade.ratio) for grade in ranking.rubric.grade_ids}

    def get_rows(score):
        unit = ranking.units[score.unit_id]
        for kind, label in FORM_NAMES.items():
            start = (score.unit_id, unit.name, UNIT_KINDS[unit.kind], label)
            marks = ranking.marks.get((score.unit_id, kind), {})
            missing = "" if marks else get_missing_label(score, kind)
            for indicator, code, points in indicators:
                mark = marks.get(indicator)
                if mark:
                    yield (*start, code, *_get_values(mark, points, grades, sums[kind, indicator]))
                else:
                    yield (*start, code, None, points, None, "否", None, None, None, missing)

    return get_rows


def _add_up_means(marks):
    """Return ``{(kind, indicator id): sum of the points that go into the mean}``."""
    sums = defaultdict(int)
    for (_unit, kind), row in marks.items():
        for indicator, mark in row.items():
            if mark.origin in COUNTED:
                sums[kind, indicator] += exact(mark.score)
    return sums


def _get_values(mark, points, grades, total):
    """Return the cells of a filed line from 等次 to 来源."""
    grade, ratio = grades.get(mark.grade_id, ("无此项", None))
    is_mean = mark.origin == "mean"
    return (
        grade,
        points,
        ratio,
        "是" if mark.origin == "zeroed" else "否",
        total if is_mean else None,
        mark.unit_count if is_mean else None,
        mark.score,
        ORIGINS[mark.origin],
    )
