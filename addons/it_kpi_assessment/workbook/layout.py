"""The look of a sheet: styles, widths that fit Chinese text, headers, print set-up."""

from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

import xlsxwriter

from .formulas import Formula

A4, A3 = 9, 8
# Paper, whether it lies across, its width and height in millimetres: the first that fits is taken.
PAPERS = ((A4, False, 210, 297), (A4, True, 297, 210), (A3, True, 420, 297))
MARGIN, TOP_MARGIN = 0.4, 0.6  # inches: left and right, top and bottom
ROUNDING = 0.97  # of a page: programs round the heights of its rows, each to a pixel
PIXEL = 25.4 / 96  # in millimetres
LEAST_SCALE = 9 / 11  # so that the text of a cell is printed with at least 9 points
LINE_HEIGHT = 16  # of a row with one line of text, in points
PROTECTION = {"autofilter": True, "format_columns": True, "format_rows": True}
MAX_HEIGHT = 409  # of a row, in points: the limit of spreadsheet programs

_BASE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_CELL = {**_BASE, "border": 1, "align": "center", "text_wrap": True}
_NUMBER = {**_CELL, "num_format": "0.00"}

# What a colour says, a letter, a sign or italics say too: the sheets are printed in black.
STYLES = {
    "title": {**_BASE, "font_name": "黑体", "font_size": 16, "align": "center"},
    "note": {**_BASE, "align": "center"},
    "sign": {**_BASE, "align": "left"},
    "provisional": {**_BASE, "bold": True, "font_color": "#C00000", "align": "center"},
    "head": {**_CELL, "bold": True, "bg_color": "#D9E2F3"},
    "head_number": {**_NUMBER, "bold": True, "bg_color": "#D9E2F3"},
    "text": {**_CELL, "align": "left"},
    "centre": _CELL,
    "count": {**_CELL, "num_format": "0"},
    "number": _NUMBER,
    "total": {**_NUMBER, "bold": True},
    "last": {**_CELL, "bold": True, "bg_color": "#F8CBAD"},
    "mean": {**_NUMBER, "italic": True, "bg_color": "#FFF2CC", "num_format": '0.00"均"'},
    "zeroed": {**_NUMBER, "bold": True, "bg_color": "#F8CBAD", "num_format": '0.00"零"'},
    "dropped": {**_CELL, "italic": True, "bg_color": "#E7E6E6"},
    "gap": {**_CELL, "num_format": "+0;-0;0"},
    "points_gap": {**_CELL, "num_format": "+0.00;-0.00;0.00"},
    "points_gap_mean": {**_CELL, "italic": True, "num_format": '+0.00"均";-0.00"均";0.00"均"'},
    "points_gap_zeroed": {**_CELL, "bold": True, "num_format": '+0.00"零";-0.00"零";0.00"零"'},
    "wide_gap": {**_CELL, "bold": True, "bg_color": "#F8CBAD", "num_format": '"▲"+0;"▼"-0'},
}


@lru_cache(maxsize=4096)
def text_width(text):
    """Return the width of a text in columns of a Latin digit; a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def fit_width(texts, least, most):
    """Return the width of a column that holds the texts, between two limits."""
    return min(max([least, *(text_width(text) + 2 for text in texts)]), most)


@lru_cache(maxsize=4096)
def count_lines(text, width):
    """Return the number of lines of a text in a cell of the width."""
    return sum(-(-text_width(line) // max(width - 1, 1)) or 1 for line in text.split("\n"))


def choose_paper(widths):
    """Return the row of ``PAPERS`` to print columns of these widths on, and their width in mm."""
    width = sum(int(width * 7 + 5) for width in widths) * PIXEL
    readable = [row for row in PAPERS if row[2] - 2 * 25.4 * MARGIN >= LEAST_SCALE * width]
    return (readable[0] if readable else PAPERS[-1]), width


def set_paper(page, widths):
    """Choose the smallest paper on which the columns are readable; wider sheets take two of it."""
    (paper, lies, edge, _height), width = choose_paper(widths)
    page.set_paper(paper)
    if lies:
        page.set_landscape()
    else:
        page.set_portrait()
    page.fit_to_pages(ceil(LEAST_SCALE * width / (edge - 2 * 25.4 * MARGIN)), 0)


def find_breaks(heights, starts, repeated, room):
    """Return the rows to begin a page with, so that no page end cuts a group that fits on a page.

    :param heights: of all rows
    :param starts: the first row of each group; the last group ends with the rows
    :param repeated: the height of the heads that each further page repeats
    :param room: the height of a page, in the unit of the others
    """
    breaks, used = [], sum(heights[: starts[0]])
    for start, end in zip(starts, [*starts[1:], len(heights)], strict=True):
        height = sum(heights[start:end])
        if used + height > room and start > starts[0]:
            breaks.append(start)
            used = repeated
        used += height
        while used > room:  # it is higher than a page
            used -= room - repeated
    return breaks


class Book(xlsxwriter.Workbook):
    """A workbook with its styles by name, ``styles``; subclasses can set other ``looks``."""

    looks = STYLES

    def __init__(self, stream, options):
        super().__init__(stream, options)
        self.styles = {name: self.add_format(style) for name, style in self.looks.items()}


class Sheet:
    """A sheet that is written row by row, from the top down.

    The widths of its columns are known from the start, so that the height of every row can be
    computed from its wrapped text, which spreadsheet programs do not do for written files.
    """

    def __init__(self, book, name, widths):
        self.book = book
        self.name = name
        self.widths = widths
        self.row = 0
        self.heights = []  # of the rows, in points
        self.page = book.add_worksheet(name)
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        set_paper(self.page, widths)
        self.page.set_margins(left=MARGIN, right=MARGIN, top=TOP_MARGIN, bottom=TOP_MARGIN)
        self.page.center_horizontally()
        self.page.set_footer("&C&P / &N")

    def add_across(self, text, style):
        """Add a row with one text over all columns."""
        last = len(self.widths) - 1
        height = LINE_HEIGHT * count_lines(text, sum(self.widths))
        self._set_height(height + (14 if style == "title" else 4))
        self.merge_in_row(self.row, 0, last, text, style)
        self.row += 1

    def add(self, *cells, least_lines=1):
        """Add a row of ``(value, style)``: numbers as numbers, a Formula, None as an empty cell.

        Text stays text, also when it looks like a formula, a number or an address. The row is
        at least ``least_lines`` lines of text high.
        """
        lines = [
            count_lines(value, width)
            for (value, _style), width in zip(cells, self.widths, strict=False)
            if isinstance(value, str)
        ]
        height = LINE_HEIGHT * max([least_lines, *lines]) + 4
        self._set_height(min(height, MAX_HEIGHT))
        for column, (value, style) in enumerate(cells):
            self._write_cell(column, value, self.book.styles[style])
        self.row += 1

    def _set_height(self, height):
        self.page.set_row(self.row, height)
        self.heights.append(height)

    def _write_cell(self, column, value, style):
        if value is None:
            self.page.write_blank(self.row, column, None, style)
        elif isinstance(value, str):
            self.page.write_string(self.row, column, value, style)
        elif isinstance(value, Formula):
            self.page.write_formula(self.row, column, value.text, style, value.value)
        else:
            self.page.write_number(self.row, column, value, style)

    def merge_in_row(self, row, first, last, text, style):
        """Merge cells of one row under a heading."""
        if last > first:
            self.page.merge_range(row, first, row, last, "", self.book.styles[style])
        self.page.write_string(row, first, text, self.book.styles[style])

    def merge_in_column(self, column, first, last, text, style):
        """Merge cells of one column that belong to the same heading."""
        if last > first:
            self.page.merge_range(first, column, last, column, "", self.book.styles[style])
            self.page.write_string(first, column, text, self.book.styles[style])

    def close_header(self, fixed_columns):
        """Freeze the rows so far and the first columns, and repeat the rows on every page."""
        self.header_row = self.row - 1
        self.page.freeze_panes(self.row, fixed_columns)
        self.page.repeat_rows(0, self.header_row)
        self.page.repeat_columns(0, fixed_columns - 1)

    def keep_groups(self, starts, widths):
        """Begin pages so that no page end cuts merged cells; call it after the last row.

        Excel takes no notice of page breaks where a sheet is fitted to a width, so that the
        scale is worked out here.

        :param starts: the first row of each group of merged cells
        :param widths: of the columns that are not hidden
        """
        set_paper(self.page, widths)
        (_paper, _lies, edge, paper_height), width = choose_paper(widths)
        scale = min((edge - 2 * 25.4 * MARGIN) / width, 1)
        room = ROUNDING * (paper_height / 25.4 - 2 * TOP_MARGIN) * 72 / scale
        self.page.set_print_scale(int(100 * scale))
        self.page.set_h_pagebreaks(
            find_breaks(self.heights, starts, self.heights[self.header_row], room)
        )

    def lock(self):
        """Lock the cells, without a password: numbers are read and filtered, not changed."""
        self.page.protect("", PROTECTION)

    def close_rows(self):
        """Add the filter of the header, over all rows written since."""
        last_row = max(self.row - 1, self.header_row)
        self.page.autofilter(self.header_row, 0, last_row, len(self.widths) - 1)
