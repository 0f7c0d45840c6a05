"""The sheets 排名, 得分明细 and 对比 of the ranking workbook, in Chinese as official papers are."""

from ..award.band_words import tell_band
from ..const import WIDE_GAP
from ..tools.decimals import plain_points
from ..tools.official_words import FORM_NAMES, name_incidents, name_zeroed
from ..tools.timezone import format_moment
from .formulas import (
    BEFORE_VETO,
    DETAILS,
    FINAL,
    RANKING,
    TOTALS,
    add_up,
    average,
    halve,
    name_columns,
    refer_to_final,
    refer_to_total,
)
from .layout import LINE_HEIGHT, Sheet, count_lines, fit_width

UNIT_KINDS = {"county": "区县局", "direct": "直属单位"}
BLANK = (None, "centre")
SIGN_OFF = "审定人：　　　　　　　　制表人：　　　　　　　　日期：　　　　年　　月　　日"
NAMES = {"名次": 0, "单位": 1, "自评得分": TOTALS["assessment"], "实地考核得分": TOTALS["survey"]}
NAMES |= {"最终得分": FINAL, "否决前得分": BEFORE_VETO}
INDICATOR_WIDTH = 9


def add_sheet(book, ranking, name, widths):
    """Return a new sheet with the common title and the time of publication, or a warning.

    :param Ranking ranking: the data of the workbook
    :param list widths: of the columns, in Latin digits
    """
    sheet = Sheet(book, name, widths)
    sheet.lock()
    sheet.add_across(ranking.get_title(name), "title")
    if ranking.is_provisional:
        sheet.add_across(
            f"本表按{ranking.generated_at}的数据试算，未经公布，不得作为考核结果使用。",
            "provisional",
        )
        _write_missing(sheet, ranking)
        sheet.page.set_header("&R未公布")
    else:
        published_at = format_moment(ranking.publication.published_at)
        sheet.add_across(f"公布时间：{published_at}", "note")
    return sheet


def _write_missing(sheet, ranking):
    """Say that the ranks are provisional, as long as finals of other units are missing."""
    count, missing = len(ranking.scores), ranking.missing_count
    if missing:
        sheet.add_across(
            f"暂时排名：{count}个单位中{count - missing}个已有最终得分，"
            "全部得出前不列督促整改单位。",
            "provisional",
        )


def write_ranking(book, ranking):
    """Add 排名: a row per unit, and bars; who answers for it signs below."""
    graded = [8] if ranking.bands else []
    widths = [6, fit_unit_width(ranking), 9, 9, 9, 9, 9, 6, *graded, 26]
    sheet = add_sheet(book, ranking, RANKING, widths)
    heads = ("排名", "单位", "类别", "自评\n得分", "实地考核\n得分", "最终\n得分", "否决前\n得分")
    heads += ("是否\n整改", *["等次" for _ in graded], "备注")
    sheet.add(*((head, "head") for head in heads))
    sheet.close_header(2)
    for place, score in enumerate(ranking.scores):
        unit = ranking.units[score.unit_id]
        sheet.add(
            (score.rank, "count"),
            (unit.name, "text"),
            (UNIT_KINDS[unit.kind], "centre"),
            *((refer_to_total(ranking, place, kind), "number") for kind in TOTALS),
            (score.final if score.vetoed else halve(sheet.row, score.final), "total"),
            (halve(sheet.row, score.before_veto), "number"),
            _get_last_cell(ranking, score),
            *[_get_band_cell(ranking, score) for _ in graded],
            (_get_remark(ranking, score), "text"),
        )
    sheet.close_rows()
    _write_withdrawals(sheet, ranking)
    sheet.add_across(SIGN_OFF, "sign")
    name_columns(book, RANKING, NAMES, sheet.header_row + 1, len(ranking.scores))
    _add_bars(sheet, len(ranking.scores), ranking.rubric.full_points)


def _write_withdrawals(sheet, ranking):
    """Name the withdrawn units below the filtered rows, each with its decision and reason."""
    for text in ranking.tell_withdrawals():
        sheet.add_across(text, "text")


def _add_bars(sheet, unit_count, full_points):
    """Show the finals of all units as bars in their cells.

    :param Sheet sheet: 排名, with its rows written
    :param full_points: of the rubric, the length of a whole bar
    """
    if not unit_count:
        return
    first, last = sheet.header_row + 1, sheet.header_row + unit_count
    sheet.page.conditional_format(
        *(first, FINAL, last, FINAL),
        {
            "type": "data_bar",
            "data_bar_2010": True,
            "bar_solid": True,
            "bar_color": "#BDD7EE",
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": full_points,
        },
    )


def fit_unit_width(ranking):
    """Return the width of a column that holds the names of all units."""
    return fit_width((unit.name for unit in ranking.units.values()), least=14, most=40)


def _get_last_cell(ranking, score):
    if score.rank is None:
        return BLANK
    if ranking.missing_count:
        return ("待定", "centre")
    return ("是", "last") if score.is_last else ("否", "centre")


def _get_band_cell(ranking, score):
    band = ranking.bands.get(score.unit_id)
    return (band.name, "centre") if band else BLANK


def _get_remark(ranking, score):
    """Return what explains the final of a unit besides its totals."""
    remarks = []
    if score.unfiled:
        remarks.append("未报自评表")
    elif score.assessment_total is None:
        remarks.append("自评未上报")
    if score.survey_total is None:
        remarks.append("实地考核未确认")
    if score.vetoed:
        remarks.append(f"年内有{name_incidents(score.veto_kinds)}，最终得分为0")
    remarks += name_zeroed(ranking.get_zeroed(score.unit_id))
    band = ranking.bands.get(score.unit_id)
    if band and band.grounds:
        remarks.append(tell_band(band.name, band.reached, band.grounds))
    return "；".join(remarks)


def write_details(book, ranking):
    """Add 得分明细: two rows per unit, one for each form, with the points of every indicator."""
    sheet = add_indicator_sheet(book, ranking, DETAILS, "考核方式", ["合计", "最终\n得分"])
    for place, score in enumerate(ranking.scores):
        for kind, label in FORM_NAMES.items():
            sheet.add(
                (score.rank, "count"),
                (ranking.units[score.unit_id].name, "text"),
                (label, "centre"),
                *_get_point_cells(ranking, score, kind),
                (add_up(ranking, score, kind, sheet.row), "total"),
                (refer_to_final(place, score.final), "total"),
            )
    sheet.close_rows()
    for kind, label in FORM_NAMES.items():
        _write_means(sheet, ranking, kind, label)
    _write_withdrawals(sheet, ranking)
    sheet.add_across(SIGN_OFF, "sign")


def _get_point_cells(ranking, score, kind):
    marks = ranking.marks.get((score.unit_id, kind))
    if marks is None:
        return [(get_missing_label(score, kind), "centre")] * len(ranking.indicator_ids)
    return [_get_point_cell(marks.get(indicator)) for indicator in ranking.indicator_ids]


def get_missing_label(score, kind):
    """Return why the marks of a form are not shown: 未报, not filed yet, or 回避."""
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
        *(
            (average(ranking, label, indicator, mark and mark.mean), "number")
            for indicator, mark in zip(ranking.indicators, found, strict=True)
        ),
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
        return [(get_missing_label(score, kind), "centre")] * len(ranking.indicator_ids)
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
