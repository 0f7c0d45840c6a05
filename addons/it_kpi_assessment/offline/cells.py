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
from .answers import get_marks, tidy

_PERCENTAGE = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,20})?)%?")
TICKS = "√✓✔☑"


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
    marks = {_fold(mark): mark for mark in get_marks(line.rubric_id)}
    mark = marks.get(_fold(text).strip(TICKS))
    if not mark:
        raise UserError(
            line.env._(
                "“%(text)s” is no mark; choose %(marks)s.",
                text=text[:40],
                marks=format_list(line.env, list(marks.values()), "or"),
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
    if isinstance(value, datetime) and value.time() == value.time().min:
        value = value.date()
    return value.isoformat() if isinstance(value, date) else tidy(str(value))


def _is_percent(cell):
    try:
        return "%" in (cell.number_format or "")
    except IndexError:  # the cell names a style that the workbook lacks: it has none
        return False


def _show_number(value, is_percent):
    """Return a number, or a percentage, with the 15 digits of spreadsheet programs."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    return f"{plain_number(100 * number)}%" if is_percent else plain_number(number)
