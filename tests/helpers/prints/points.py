"""What the papers, the workbook and the screen say a form counts, read back from their text."""

import io
import re
from decimal import Decimal
from typing import NamedTuple

import lxml.html
from openpyxl import load_workbook

from ..common import POINTS, RATIOS
from ..printing import squeeze

POINTS_OF_THE_FORM = sum(POINTS)
AWAITED = re.compile("另有([0-9]+)项无此项")
NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
SCALED = re.compile(
    rf"各项合计{NUMBER},按满分折算:{NUMBER}×{NUMBER}÷{NUMBER}={NUMBER}((?:\.\.\.)?)"  # … squeezed
)


class Paper(NamedTuple):
    """The points of each line, in parts; None where a line awaits its mean, or drops out."""

    parts: list  # of pairs: the points of its lines, and the sum that stands below them or None
    total: Decimal
    text: str  # what stands beside the total
    awaited: int
    dropped: Decimal  # points of the indicators that drop out

    @property
    def sum(self):
        return sum(points for lines, _sum in self.parts for points in lines if points is not None)


def half_up(value):
    return value.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


def read_number(text):
    return Decimal(re.match("[0-9.]+", text).group())


def read_form(rows):
    """Read 附件2 or 附件3 from the cells of its rows: a mark, and what 备注 says of the points."""
    *lines, [_label, final] = rows[1:]
    counted = [_read_mark(cells, points) for cells, points in zip(lines, POINTS, strict=True)]
    awaited = sum(points == "awaited" for points in counted)
    dropped = sum(full for points, full in zip(counted, POINTS, strict=True) if points == "dropped")
    numbers = [None if isinstance(points, str) else points for points in counted]
    return Paper([(numbers, None)], read_number(final), final, awaited, Decimal(dropped))


def _read_mark(cells, points):
    """Return what a row counts: a Decimal, ``"awaited"`` or ``"dropped"``."""
    *_labels, not_applicable, first, second, third, fourth, remark = cells
    marks = dict(zip(RATIOS, (first, second, third, fourth), strict=True))
    told = re.search("计平均分([0-9.]+)分|(计0分)|(不计分)", remark)
    if told:
        mean, zero, dropped = told.groups()
        return "dropped" if dropped else Decimal(0 if zero else mean)
    if not_applicable:
        return "awaited"
    [letter] = [letter for letter, mark in marks.items() if mark]
    return half_up(points * Decimal(str(RATIOS[letter])))


def read_self_report(text):
    """Read 自评报告 from its squeezed text: the lines of each part, and what they come to."""
    body, final = text.split("自评总分:")
    parts, awaited, dropped = [], 0, Decimal(0)
    for part in re.split("本部分自评得分:", body)[:-1]:
        lines = []
        for points, told in re.findall(r"\(([0-9.]+)分\)自评等次:([^。]*)。", part):
            number = re.search("得分([0-9.]+)分|计平均分([0-9.]+)分", told)
            lines.append(number and Decimal(number.group(1) or number.group(2)))
            awaited += "公布时" in told
            if "不计分" in told and "公布时" not in told:
                dropped += Decimal(points)
        parts.append(lines)
    sums = [read_number(text) for text in re.findall("本部分自评得分:([0-9.]+分)", body)]
    total = final.split("。")[0]
    pairs = list(zip(parts, sums, strict=True))
    return Paper(pairs, read_number(total), total, awaited, dropped)


def read_letter(rows):
    """Read one form of a 成绩单 from the rows of its table."""
    parts, lines, dropped, total, text = [], [], Decimal(0), None, ""
    for cells in rows[1:]:
        if cells[0] in ("合计", "折算后得分"):
            if total is not None:
                text = f"scaled from {total}"
            total = Decimal(cells[3])
        elif cells[0] == "小计":
            parts.append((lines, Decimal(cells[3])))
            lines = []
        else:
            points, _grade, counted = cells[-4:-1]
            lines.append(None if counted == "不计" else Decimal(counted))
            dropped += Decimal(points) if counted == "不计" else 0
    return Paper(parts, total, text, 0, dropped)


def read_page(html):
    """Return the squeezed text of a rendered report."""
    return squeeze(lxml.html.fromstring(html).text_content())


def read_workbook(content):
    """Return the sheets of a workbook as lists of rows, below their heads."""
    book = load_workbook(io.BytesIO(content), data_only=True)
    return {
        sheet.title: [
            row
            for row in sheet.iter_rows(values_only=True)
            if isinstance(row[0], int) or (row[0] is None and row[1] and "单位" not in row[1])
        ]
        for sheet in book
    }
