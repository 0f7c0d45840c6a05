"""单位和人员.xlsx, filled in with the units and people that are there."""

from io import BytesIO

from ..workbook.layout import STYLES, Book, Sheet
from .layout import (
    GUIDE,
    GUIDE_SHEET,
    IDENTITIES,
    KINDS,
    PEOPLE_HEADS,
    PEOPLE_SHEET,
    UNIT_HEADS,
    UNIT_SHEET,
)

UNIT_WIDTHS = (36, 16, 12)
PEOPLE_WIDTHS = (16, 28, 36, 22, 18, 30)
# Rows for which the drop-down lists are laid out.
ROWS = 1000


class RosterBook(Book):
    """A workbook whose cells are text, so that 007 or 13900000000 stay as typed."""

    looks = {**STYLES, "text": {**STYLES["text"], "num_format": "@"}}


def build_roster(units, people):
    """Return the workbook as bytes of an xlsx file.

    :param units: an iterable of dicts with the keys of ``UNIT_HEADS``
    :param people: an iterable of dicts with the keys of ``PEOPLE_HEADS``
    """
    stream = BytesIO()
    with RosterBook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "单位和人员"})
        sheet = _write(book, UNIT_SHEET, UNIT_WIDTHS, UNIT_HEADS, units)
        _add_choices(sheet, UNIT_HEADS, "kind", list(KINDS.values()))
        sheet = _write(book, PEOPLE_SHEET, PEOPLE_WIDTHS, PEOPLE_HEADS, people)
        # Several identities are possible: the list proposes, and refuses nothing.
        _add_choices(sheet, PEOPLE_HEADS, "identity", list(IDENTITIES.values()))
        _add_choices(sheet, PEOPLE_HEADS, "unit", f"='{UNIT_SHEET}'!$A$2:$A${ROWS}")
        guide = Sheet(book, GUIDE_SHEET, [100])
        for text in GUIDE:
            guide.add((text, "text"))
    return stream.getvalue()


def _write(book, name, widths, heads, rows):
    sheet = Sheet(book, name, widths)
    sheet.add(*((names[0], "head") for names in heads.values()))
    sheet.close_header(1)
    for row in rows:
        sheet.add(*((row[key] or None, "text") for key in heads))
    for column, width in enumerate(widths):
        sheet.page.set_column(column, column, width, book.styles["text"])
    return sheet


def _add_choices(sheet, heads, key, source):
    column = list(heads).index(key)
    choice = {"validate": "list", "source": source, "show_error": False}
    sheet.page.data_validation(1, column, ROWS, column, choice)
