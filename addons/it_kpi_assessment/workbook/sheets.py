"""The sheets 排名, 得分明细 and 对比 of the ranking workbook, in Chinese as official papers are."""

from ..const import WIDE_GAP
from ..tools.decimals import plain_points
from ..tools.official_words import FORM_NAMES, name_incidents, name_zeroed
from ..tools.timezone import format_moment
from .chart import add_bars
from .layout import LINE_HEIGHT, Sheet, count_lines, fit_width

UNIT_KINDS = {"county": "区县局", "direct": "直属单位"}
BLANK = (None, "centre")
INDICATOR_WIDTH = 9


def add_sheet(book, ranking, name, widths):
    """Return a new sheet with the common title and the time of publication, or a warning.

    :param Ranking ranking: the data of the workbook
    :param list widths: of the columns, in Latin digits
    """
    sheet = Sheet(book, name, widths)
    sheet.add_across(ranking.get_title(name), "title")
    if ranking.is_provisional:
        sheet.add_across(
            f"本表按{ranking.generated_at}的数据试算，未经公布，不得作为考核结果使用。",
            "provisional",
        )
        sheet.page.set_header("&R未公布")
    else:
        published_at = format_moment(ranking.publication.published_at)
        sheet.add_across(f"公布时间：{published_at}", "note")
    return sheet


def write_ranking(book, ranking):
    """Add 排名: a row per unit, and bars."""
    sheet = add_sheet(
        book, ranking, "排名", [7, fit_unit_width(ranking), 10, 10, 10, 10, 10, 8, 34]
    )
    heads = ("排名", "单位", "类别", "自评\n得分", "实地考核\n得分", "最终\n得分", "否决前\n得分")
    sheet.add(*((head, "head") for head in (*heads, "是否\n整改", "备注")))
    sheet.close_header(2)
    for score in ranking.scores:
        unit = ranking.units[score.unit_id]
        sheet.add(
            (score.rank, "count"),
            (unit.name, "text"),
            (UNIT_KINDS[unit.kind], "centre"),
            (score.assessment_total, "number"),
            (score.survey_total, "number"),
            (score.final, "total"),
            (score.before_veto, "number"),
            _get_last_cell(score),
            (_get_remark(ranking, score), "text"),
        )
    sheet.close_rows()
    add_bars(sheet, len(ranking.scores), ranking.rubric.full_points)


def fit_unit_width(ranking):
    """Return the width of a column that holds the names of all units."""
    return fit_width((unit.name for unit in ranking.units.values()), least=14, most=40)


def _get_last_cell(score):
    if score.rank is None:
        return BLANK
    return ("是", "last") if score.is_last else ("否", "centre")


def _get_remark(ranking, score):
    """Return what explains the final of a unit besides its totals."""
    remarks = []
    if score.unfiled:
        remarks.append("自评未报")
    elif score.assessment_total is None:
        remarks.append("自评未上报")
    if score.survey_total is None:
        remarks.append("实地考核未确认")
    if score.vetoed:
        remarks.append(f"年内有{name_incidents(score.veto_kinds)}，最终得分为0")
    remarks += name_zeroed(ranking.get_zeroed(score.unit_id))
    return "；".join(remarks)


def write_details(book, ranking):
    """Add 得分明细: two rows per unit, one for each form, with the points of every indicator."""
    sheet = add_indicator_sheet(book, ranking, "得分明细", "考核方式", ["合计", "最终\n得分"])
    for score in ranking.scores:
        for kind, label in FORM_NAMES.items():
            sheet.add(
                (score.rank, "count"),
                (ranking.units[score.unit_id].name, "text"),
                (label, "centre"),
                *_get_point_cells(ranking, score, kind),
                (getattr(score, f"{kind}_total"), "total"),
                (score.final, "total"),
            )
    sheet.close_rows()
    for kind, label in FORM_NAMES.items():
        _write_means(sheet, ranking, kind, label)


def _get_point_cells(ranking, score, kind):
    marks = ranking.marks.get((score.unit_id, kind))
    if marks is None:
        return [(_get_missing_label(score, kind), "centre")] * len(ranking.indicator_ids)
    return [_get_point_cell(marks.get(indicator)) for indicator in ranking.indicator_ids]


def _get_missing_label(score, kind):
    if kind == "assessment" and score.unfiled:
        return "未报"
    # A member of the group who belongs to the unit reads the total but none of the marks (回避).
    return "—" if getattr(score, f"{kind}_total") is None else "回避"


def _get_point_cell(mark):
    if mark is None:
        return BLANK
    if mark.origin == "dropped":
        return ("不计", "dropped")
    return (mark.score, {"graded": "number"}.get(mark.origin, mark.origin))


def _write_means(sheet, ranking, kind, label):
    """Add two rows below the units: the means, and the number of units in each mean (R12)."""
    means = {}
    for (_unit, mark_kind), marks in ranking.marks.items():
        if mark_kind == kind:
            means.update(marks)
    found = [means.get(indicator) for indicator in ranking.indicator_ids]
    rest = (BLANK, BLANK)
    sheet.add(
        BLANK,
        ("平均分（有此项的单位）", "text"),
        (label, "centre"),
        *((mark and mark.mean, "number") for mark in found),
        *rest,
    )
    sheet.add(
        BLANK,
        ("计入平均分的单位数", "text"),
        (label, "centre"),
        *((mark and mark.unit_count, "count") for mark in found),
        *rest,
    )


def add_indicator_sheet(book, ranking, name, row_head, closing_heads):
    """Return a new sheet with a column per indicator, under its dimension and its points.

    :param str row_head: head of the third column
    :param list closing_heads: heads of the columns after the indicators
    """
    indicators = ranking.indicators
    widths = [7, fit_unit_width(ranking), 14]
    widths += [INDICATOR_WIDTH] * (len(indicators) + len(closing_heads))
    sheet = add_sheet(book, ranking, name, widths)
    closing = [(None, "head")] * len(closing_heads)
    sheet.add(*[(None, "head")] * len(widths))
    _write_dimensions(sheet, ranking)
    sheet.add(
        (None, "head"),
        (None, "head"),
        ("分值", "head"),
        *((indicator.points, "head_number") for indicator in indicators),
        *closing,
    )
    heads = ["排名", "单位", row_head, *indicators.mapped("name"), *closing_heads]
    sheet.add(*((head, "head") for head in heads))
    sheet.close_header(3)
    return sheet


def _write_dimensions(sheet, ranking):
    """Write the names of the dimensions above their indicators, into the last row."""
    row, first, lines = sheet.row - 1, 3, 2
    for dimension in ranking.rubric.dimension_ids:
        count = len(dimension.indicator_ids)
        text = f"{dimension.name}\n（{plain_points(dimension.points)}分）"
        sheet.merge_in_row(row, first, first + count - 1, text, "head")
        lines = max(lines, count_lines(text, INDICATOR_WIDTH * count))
        first += count
    sheet.page.set_row(row, LINE_HEIGHT * lines + 4)


def write_comparison(book, ranking):
    """Add 对比: per unit the grades of both forms, and the gaps between them in grades."""
    closing = ["高估\n项数", "低估\n项数", "相差两等\n以上"]
    sheet = add_indicator_sheet(book, ranking, "对比", "项目", closing)
    codes = {grade.id: grade.code for grade in ranking.rubric.grade_ids}
    order = {grade.id: place for place, grade in enumerate(ranking.rubric.grade_ids)}
    for score in ranking.scores:
        start = ((score.rank, "count"), (ranking.units[score.unit_id].name, "text"))
        for kind, label in FORM_NAMES.items():
            grades = _get_grade_cells(ranking, score, kind, codes)
            sheet.add(*start, (f"{label}等次", "centre"), *grades, BLANK, BLANK, BLANK)
        gaps = _get_gaps(ranking, score, order)
        sheet.add(*start, ("等次差", "centre"), *map(_get_gap_cell, gaps), *_count_gaps(gaps))
    sheet.close_rows()


def _get_grade_cells(ranking, score, kind, codes):
    marks = ranking.marks.get((score.unit_id, kind))
    if marks is None:
        return [(_get_missing_label(score, kind), "centre")] * len(ranking.indicator_ids)
    found = (marks.get(indicator) for indicator in ranking.indicator_ids)
    return [(mark and (codes.get(mark.grade_id) or "无此项"), "centre") for mark in found]


def _get_gaps(ranking, score, order):
    """Return per indicator by how many grades the self-assessment is higher, or None."""
    own = ranking.marks.get((score.unit_id, "assessment"), {})
    visit = ranking.marks.get((score.unit_id, "survey"), {})
    gaps = []
    for indicator in ranking.indicator_ids:
        pair = (own.get(indicator), visit.get(indicator))
        places = [order.get(mark.grade_id) for mark in pair if mark]
        gaps.append(None if len(places) < 2 or None in places else places[1] - places[0])
    return gaps


def _get_gap_cell(gap):
    return (gap, "wide_gap" if gap is not None and abs(gap) >= WIDE_GAP else "gap")


def _count_gaps(gaps):
    """Return cells with the numbers of higher, lower and wide gaps."""
    known = [gap for gap in gaps if gap is not None]
    if not known:
        return (BLANK, BLANK, BLANK)
    return (
        (sum(gap > 0 for gap in known), "count"),
        (sum(gap < 0 for gap in known), "count"),
        (sum(abs(gap) >= WIDE_GAP for gap in known), "count"),
    )
