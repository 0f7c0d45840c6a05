"""附件2 as a workbook to be filled offline: the form, the criteria, the hidden keys."""

from io import BytesIO

from xlsxwriter.utility import xl_rowcol_to_cell

from ..workbook.layout import Book, Sheet
from .answers import (
    ANSWERS,
    CODE,
    CRITERIA_SHEET,
    FIRST_ANSWER,
    FORM_SHEET,
    HEADS,
    KEY_SHEET,
    PRINTED_HEADS,
    get_answers,
    get_keys,
    get_marks,
)

_BASE = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "text_wrap": True}
_CELL = {**_BASE, "border": 1, "align": "center"}
# Answers are text cells, so that 05, 1-2 or =A1 stay as typed.
_ANSWER = {**_CELL, "num_format": "@", "locked": False, "bg_color": "#FFF9E5"}
_CLOSED = {**_CELL, "num_format": "@", "bg_color": "#E7E6E6"}
LOOKS = {
    "attachment": {**_BASE, "font_name": "黑体", "font_size": 14},
    "title": {**_BASE, "font_name": "黑体", "font_size": 20, "align": "center"},
    "year": {**_BASE, "font_size": 14, "align": "center"},
    "note": _BASE,
    "head": {**_CELL, "font_name": "黑体", "bg_color": "#D9E2F3"},
    "fixed": _CELL,
    "text": {**_CELL, "align": "left"},
    "answer": _ANSWER,
    "answer_text": {**_ANSWER, "align": "left"},
    "closed": _CLOSED,
    "closed_text": {**_CLOSED, "align": "left"},
}
WIDTHS = (12, 14, 24, 7, 10, 10, 18, 46, 8)
REASON_HEAD, REASON_WIDTH = "退回原因", 22
# Limits of the file format, in characters.
CELL_LIMIT, TITLE_LIMIT, MESSAGE_LIMIT = 32767, 32, 255
TEXTS = ("remark", "explanation")
# Rows and columns can be resized, to have room for long texts.
PROTECTION = {"format_rows": True, "format_columns": True}
GUIDE = (
    "填写说明：浅黄色单元格可以填写，灰色和白色单元格已锁定。“自评等次”请从下拉列表选择，各等次的要求"
    "见指标的批注和“评价细则”表；“说明”须逐项填写。佐证材料请在系统网页上传，不随本表导入。"
    "填好后保存为.xlsx文件，在系统的自评表页面导入，核对后确认。"
)
FOOT = "本表供离线填写使用，不作为正式上报件；导入系统后由单位领导在系统中签字上报。"


class OfflineBook(Book):
    """A workbook in the fonts of 附件2."""

    looks = LOOKS


def build_offline_form(form):
    """Return the workbook of a self-assessment (``it.kpi.assessment``) as bytes of an xlsx file.

    Only the answers of lines that the current user can fill now are unlocked.
    """
    stream = BytesIO()
    with OfflineBook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": f"{form.cycle_id.year}年度信息化绩效考核自评表"})
        _write_form(book, form)
        _write_criteria(book, form.rubric_id)
        _write_keys(book, form)
    return stream.getvalue()


def _write_form(book, form):
    """Add 自评表: the rows of 附件2, with cells for the answers instead of columns of marks."""
    is_returned = form.state == "returned"
    sheet = Sheet(book, FORM_SHEET, [*WIDTHS, *([REASON_WIDTH] if is_returned else [])])
    sheet.page.set_column(CODE, CODE, WIDTHS[CODE], None, {"hidden": True})
    sheet.add_across("附件 2", "attachment")
    sheet.add_across("信息化绩效考核自评表", "title")
    sheet.add_across(f"（{form.cycle_id.year}年度）", "year")
    sheet.add_across(f"单位名称：{form.unit_id.name}", "note")
    sheet.add_across(GUIDE, "note")
    heads = [*HEADS, *([REASON_HEAD] if is_returned else [])]
    sheet.add(*((head, "head") for head in heads))
    sheet.close_header(3)
    sheet.page.repeat_rows(sheet.header_row)
    first, starts = sheet.row, []
    lines = {line.indicator_id: line for line in form.line_ids}
    for dimension in form.rubric_id.dimension_ids:
        starts.append(sheet.row)
        _add_dimension(sheet, dimension, lines, is_returned)
    _add_choices(sheet, first, sheet.row - 1, get_marks(form.rubric_id))
    _add_final(sheet)
    sheet.add_across(FOOT, "note")
    sheet.keep_groups(
        starts, [width for column, width in enumerate(sheet.widths) if column != CODE]
    )
    sheet.page.protect("", PROTECTION)
    numbers = f"{xl_rowcol_to_cell(first, 0)}:{xl_rowcol_to_cell(sheet.row, len(heads))}"
    sheet.page.ignore_errors({"number_stored_as_text": numbers})


def _add_dimension(sheet, dimension, lines, is_returned):
    start = sheet.row
    name = dimension.form_name or dimension.name
    for item in dimension.item_ids.filtered("indicator_ids"):
        item_start, item_name = sheet.row, item.form_name or item.name
        for indicator in item.indicator_ids:
            _add_line(sheet, (name, item_name), lines[indicator], is_returned)
        sheet.merge_in_column(1, item_start, sheet.row - 1, item_name, "fixed")
    if sheet.row > start:
        sheet.merge_in_column(0, start, sheet.row - 1, name, "fixed")


def _add_line(sheet, groups, line, is_returned):
    indicator = line.indicator_id
    sheet.add(
        *((group, "fixed") for group in groups),
        (indicator.form_label, "fixed"),
        (indicator.points, "fixed"),
        *_get_answer_cells(line),
        (indicator.code, "fixed"),
        *([(line.return_reason or None, "text")] if is_returned else []),
        least_lines=3,
    )
    row = sheet.row - 1
    sheet.page.write_comment(
        row, FIRST_ANSWER - 2, _get_criteria_text(indicator), {"x_scale": 3, "y_scale": 3}
    )
    if line.is_measured and not line.lock_reason:
        _add_hint(sheet, row, line.measure_name or ANSWERS["measured_value"])


def _add_hint(sheet, row, title):
    """Show what is measured when the cell of the measured value is selected."""
    column = FIRST_ANSWER + list(ANSWERS).index("measured_value")
    hint = {"input_title": title[:TITLE_LIMIT], "input_message": "填百分数，如 95.5"}
    sheet.page.data_validation(row, column, row, column, {"validate": "any", **hint})


def _get_answer_cells(line):
    for name, text in get_answers(line).items():
        is_open = not line.lock_reason and (name != "measured_value" or line.is_measured)
        yield text or None, ("answer" if is_open else "closed") + "_text" * (name in TEXTS)


def _get_criteria_text(indicator):
    return "\n".join(
        f"{criterion.grade_id.code}：{criterion.text}" for criterion in indicator.criterion_ids
    )


def _add_choices(sheet, first, last, marks):
    """Add a drop-down list of the marks, whose source is the start of the hidden sheet."""
    choice = {
        "validate": "list",
        "source": f"='{KEY_SHEET}'!$B$1:$B${len(marks)}",
        "error_title": ANSWERS["mark"],
        "error_message": f"请选择：{'、'.join(marks)}。"[:MESSAGE_LIMIT],
    }
    sheet.page.data_validation(first, FIRST_ANSWER, last, FIRST_ANSWER, choice)


def _add_final(sheet):
    last = len(sheet.widths) - 1
    sheet.add(*[(None, "fixed")] * len(sheet.widths))
    sheet.merge_in_row(sheet.row - 1, 0, FIRST_ANSWER - 2, "最终得分", "fixed")
    sheet.merge_in_row(sheet.row - 1, FIRST_ANSWER - 1, last, "导入后由系统计算", "fixed")


def _write_criteria(book, rubric):
    """Add 评价细则: the criteria of every grade, to be read while filling."""
    grades = rubric.grade_ids
    sheet = Sheet(book, CRITERIA_SHEET, [24, 7, *[34] * len(grades)])
    sheet.add_across(f"{rubric.name}（{rubric.version}）", "title")
    heads = (*PRINTED_HEADS[-2:], *grades.mapped("code"))
    sheet.add(*((head, "head") for head in heads))
    sheet.close_header(1)
    for indicator in rubric.dimension_ids.indicator_ids:
        texts = {criterion.grade_id: criterion.text for criterion in indicator.criterion_ids}
        sheet.add(
            (indicator.form_label, "fixed"),
            (indicator.points, "fixed"),
            *((texts.get(grade), "text") for grade in grades),
        )
    sheet.page.protect("", PROTECTION)


def _write_keys(book, form):
    """Add 系统信息, hidden: the marks, the keys, and the answers of every line at the download."""
    page = book.add_worksheet(KEY_SHEET)
    rows = [("mark", mark) for mark in get_marks(form.rubric_id)]
    rows += [("key", *pair) for pair in get_keys(form).items()]
    rows += [
        ("line", line.indicator_id.code, *get_answers(line).values()) for line in form.line_ids
    ]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            page.write_string(row, column, text)
    page.protect()
    page.very_hidden()
