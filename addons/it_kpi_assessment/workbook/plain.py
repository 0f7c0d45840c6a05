"""Plain sheets, for programs: one row of heads, then rows of values, and no merged cells."""

import os
from functools import lru_cache
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ..tools.text import tidy_text
from .layout import set_paper


class PlainPage(Worksheet):
    """A sheet without styles, whose rows are computed while the file is written.

    A year of 10,000 units has 320,000 rows: xlsxwriter's cells would take four times as long.
    """

    def set_rows(self, heads, rows, count):
        """Set what the sheet holds: texts and numbers, None for an empty cell.

        :param rows: an iterable of rows, which is read once, when the workbook is closed
        :param int count: how many rows it will give
        """
        self.plain_rows = (heads, rows)
        self.dim_rowmin, self.dim_rowmax = 0, count
        self.dim_colmin, self.dim_colmax = 0, len(heads) - 1
        self.autofilter(0, 0, count, len(heads) - 1)

    def _write_sheet_data(self):
        """Write the element ``sheetData``, in place of xlsxwriter's own table of cells."""
        heads, rows = self.plain_rows
        columns = [xl_col_to_name(number) for number in range(len(heads))]
        self.fh.write(f"<sheetData>{_write_row(1, columns, heads)}")
        for number, row in enumerate(rows, 2):
            self.fh.write(_write_row(number, columns, row))
        self.fh.write("</sheetData>")

    def _write_optimized_sheet_data(self):
        """Do the same in a workbook whose other sheets have their rows in temporary files."""
        self.row_data_fh.close()
        os.unlink(self.row_data_filename)
        self._write_sheet_data()


def _write_row(number, columns, values):
    cells = "".join(
        f'<c r="{column}{number}"{_write_value(value)}</c>'
        for column, value in zip(columns, values, strict=True)
        if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _write_value(value):
    """Return the rest of a cell. Text stays text, also when it looks like a formula."""
    return _write_text(value) if isinstance(value, str) else f"><v>{value}</v>"


@lru_cache(maxsize=4096)
def _write_text(text):
    return f' t="inlineStr"><is><t>{escape(tidy_text(text))}</t></is>'


def add_plain_sheet(book, ranking, name, columns, rows, count):
    """Add a plain sheet, ready to be printed; a preview says so on every page.

    :param dict columns: heads and the widths of their columns
    :param rows: an iterable of rows, which is read once, when the workbook is closed
    :param int count: how many rows it will give
    """
    page = book.add_worksheet(name, worksheet_class=PlainPage)
    for number, width in enumerate(columns.values()):
        page.set_column(number, number, width)
    page.set_rows(list(columns), rows, count)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    set_paper(page, columns.values())
    page.set_footer("&C&P / &N")
    if ranking.is_provisional:
        page.set_header("&R未公布")
