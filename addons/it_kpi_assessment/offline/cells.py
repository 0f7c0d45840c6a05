"""Reading an answer from a cell: unambiguous values are accepted, everything else is refused.

Every function raises a UserError that says what is wrong; the caller adds the address of the cell.
"""

import re
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from unicodedata import normalize

from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ..tools.decimals import CENT, plain_number
from ..tools.text import tidy_line
from .answers import NOT_APPLICABLE, get_marks, tidy

_PERCENTAGE = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,20})?)%?")
TICKS = "√✓✔☑"
SHORT = "无"  # what people write for 无此项, whose column it is on paper


def read_answer(line, name, text):
    """Return an answer of a line, as ``get_answers`` returns it, from the text of a cell.

    :param str name: one of ``ANSWERS``
    :raise UserError: the text is no mark of the rubric, or no percentage
    """
    if not text:
        return ""
    readers = {"mark": _read_mark, "measured_value": _read_percentage}
    return readers[name](line, text) if name in readers else _read_text(line, name, text)


def _read_mark(line, text):
    marks = {SHORT: NOT_APPLICABLE}
    marks |= {_fold(mark): mark for mark in get_marks(line.rubric_id)}
    mark = marks.get(_fold(text).strip(TICKS))
    if not mark:
        raise UserError(
            line.env._(
                "“%(text)s” is no mark; choose %(marks)s.",
                text=text[:40],
                marks=format_list(line.env, get_marks(line.rubric_id), "or"),
            )
        )
    return mark


def _fold(text):
    """Return a text in half width and capitals, without spaces, to compare marks."""
    return "".join(normalize("NFKC", tidy_line(text)).split()).upper()


def _read_percentage(line, text):
    match = _PERCENTAGE.fullmatch(_fold(text))
    if not match:
        raise UserError(
            line.env._("“%s” is no percentage; write a number such as 95.5.", text[:40])
        )
    if 0 < abs(Decimal(match[1])) < 1 and not match[0].endswith("%"):
        raise UserError(
            line.env._(
                "“%(text)s” is less than 1: write %(many)s if you mean a share, or %(few)s if you "
                "mean less than one percent.",
                text=text[:40],
                many=f"{plain_number(100 * Decimal(match[1]))}%",
                few=f"{match[1]}%",
            )
        )
    value = Decimal(match[1]).quantize(CENT, rounding=ROUND_DOWN) + 0  # no -0
    line.indicator_id._check_measured_value(value)
    return plain_number(value)


def _read_text(line, name, text):
    """Return a text that the field can hold; one that shows nothing is no answer."""
    return line._tidy_text(name, text) or ""


def read_text(env, cell):
    """Return the value of a cell as a text, dates in ISO format.

    :raise UserError: the cell has a formula or an error value
    """
    if cell.data_type == "f":
        raise UserError(env._("There is a formula. Write the text itself."))
    if cell.data_type == "e":
        raise UserError(env._("There is an error value. Write the text itself."))
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _show_number(value, _is_percent(cell))
    if isinstance(value, datetime):
        return _show_moment(value)
    return value.isoformat() if isinstance(value, date) else tidy(str(value))


def _show_moment(value):
    """Return a day, or with a time of day its minute, or its second where it has one."""
    if value.time() == value.time().min:
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _is_percent(cell):
    try:
        return "%" in (cell.number_format or "")
    except IndexError:  # the cell names a style that the workbook lacks: it has none
        return False


def _show_number(value, is_percent):
    """Return a number, or a percentage, with the 15 digits of spreadsheet programs."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    return f"{plain_number(100 * number)}%" if is_percent else plain_number(number)
