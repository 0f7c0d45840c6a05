"""How the totals and finals of the workbook come about, as formulas beside their stored values.

The values are those of the database: a program that does not calculate shows them as well. 得分明细
adds up the lines, 排名 takes its totals from there, and both show one final. Means are of 数据.
"""

from typing import NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from ..tools.decimals import plain_points
from ..tools.official_words import FORM_NAMES

RANKING, DETAILS, DATA = "排名", "得分明细", "数据"
# Indexes of the rows of the first unit, indexes of columns, and the columns before the indicators.
RANKING_FIRST, DETAILS_FIRST = 3, 5
TOTALS = {"assessment": 3, "survey": 4}
FINAL, BEFORE_VETO = 5, 6
FIXED = 3
# What goes into a mean, as 数据 calls it, and of how many units a mean is a formula.
COUNTED_ORIGINS = ("等次", "计零")
MANY_UNITS = 1000


class Formula(NamedTuple):
    """A cell that shows a stored value, and how it is computed."""

    text: str
    value: float


def refer_to_total(ranking, place, kind):
    """Return the cell of 排名 for the total of a form, which is added up in 得分明细.

    :param int place: of the unit in the ranking, from 0
    """
    value = getattr(ranking.scores[place], f"{kind}_total")
    row = DETAILS_FIRST + place * len(FORM_NAMES) + list(FORM_NAMES).index(kind)
    return _refer(DETAILS, row, FIXED + len(ranking.indicator_ids), value)


def refer_to_final(place, value):
    """Return the cell of 得分明细 for the final of the unit at this place of 排名."""
    return _refer(RANKING, RANKING_FIRST + place, FINAL, value)


def _refer(sheet, row, column, value):
    if value is None:
        return None
    return Formula(f"={quote_sheetname(sheet)}!{xl_rowcol_to_cell(row, column)}", value)


def add_up(ranking, score, kind, row):
    """Return the cell 合计 of a row of 得分明细 (R4), scaled where an indicator drops out (R3).

    A total whose lines are not on the sheet, because the form was not filed or for 回避, is a
    number.
    """
    value = getattr(score, f"{kind}_total")
    marks = ranking.marks.get((score.unit_id, kind))
    if value is None or not marks:
        return value
    last = FIXED + len(ranking.indicator_ids) - 1
    points = f"{xl_rowcol_to_cell(row, FIXED)}:{xl_rowcol_to_cell(row, last)}"
    if all(mark.origin != "dropped" for mark in marks.values()):
        return Formula(f"=ROUND(SUM({points}),2)", value)
    first, end = (xl_rowcol_to_cell(DETAILS_FIRST - 2, each, True) for each in (FIXED, last))
    rest = f"SUMPRODUCT(ISNUMBER({points})*{first}:{end})"
    full = plain_points(ranking.rubric.full_points)
    return Formula(f"=ROUND(SUM({points})*{full}/{rest},2)", value)


def halve(row, value):
    """Return the cell of 排名 for the mean of both totals (R5)."""
    if value is None:
        return None
    own, visit = (xl_rowcol_to_cell(row, column) for column in TOTALS.values())
    return Formula(f"=ROUND(({own}+{visit})/2,2)", value)


def average(ranking, label, indicator, value):
    """Return the cell for the mean of an indicator on a form, from the lines of 数据 (R2).

    For very many units it is a number: programs would take seconds to open the workbook.

    :param str label: the name of the form
    """
    if value is None or len(ranking.scores) > MANY_UNITS:
        return value
    counted = "+".join(f'({DATA}_来源="{origin}")' for origin in COUNTED_ORIGINS)
    code = indicator.code.replace('"', '""')
    rows = f'({DATA}_考核方式="{label}")*({DATA}_指标编号="{code}")*({counted})'
    return Formula(f"=ROUND(SUMPRODUCT({rows},{DATA}_得分)/SUMPRODUCT({rows}),2)", value)


def name_columns(book, sheet, names, first, count):
    """Give the columns of a sheet names, which formulas of the reader can use.

    :param dict names: what is named, and the index of its column
    :param int first: index of the first row below the heads
    """
    for name, column in names.items() if count else ():
        letter = xl_col_to_name(column, True)
        area = f"{letter}${first + 1}:{letter}${first + count}"
        book.define_name(f"{sheet}_{name}", f"={quote_sheetname(sheet)}!{area}")
