"""Reading 单位和人员.xlsx: rows of texts, each with the address of its cells, and their errors.

The file is untrusted: it is opened under the limits of the offline form. Whether its units and
people are there already is compared elsewhere.
"""

from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ..offline.archive import open_workbook
from ..offline.cells import read_text
from ..offline.rows import read_rows
from ..tools.text import tidy_line
from .layout import HEADS, IDENTITIES, KINDS, NEEDED, PEOPLE_SHEET, SEPARATORS, UNIT_SHEET

MOST_ROWS = 5000  # with the heads
MOST_COLUMNS = 30
# Rows above the heads, such as a title.
ROWS_ABOVE = 10
MOST_ERRORS = 200


class Row(NamedTuple):
    """A row of a sheet: its texts by the names of the columns, and their cells."""

    sheet: str
    number: int
    columns: dict
    texts: dict

    def get(self, name):
        """Return the text of a cell; ``""`` if it is empty or has no column."""
        return self.texts.get(name, "")

    def get_cell(self, name):
        """Return the address of a cell, such as 人员!C5; of the first one if it has no column."""
        column = self.columns.get(name, 0)
        return f"{self.sheet}!{xl_rowcol_to_cell(self.number, column)}"


class Roster:
    """The rows of an uploaded workbook.

    ``units`` and ``people`` are lists of ``Row``, ``errors`` a list of texts, each with the address
    of its cell.

    :param bytes content: the file
    :raise UserError: the file cannot be read, or it has neither of the two sheets
    """

    def __init__(self, env, content):
        self.env = env
        self.errors = []
        book = open_workbook(env, content)
        if not HEADS.keys() & set(book.sheetnames):
            raise UserError(
                env._(
                    "The workbook has no sheet called %s. Download 单位和人员.xlsx and fill it in.",
                    format_list(env, list(HEADS), "or"),
                )
            )
        self.units = self._read_sheet(book, UNIT_SHEET)
        self.people = self._read_sheet(book, PEOPLE_SHEET)

    def add_error(self, row, name, sentence):
        """Note what is wrong with a cell."""
        self.errors.append(f"{row.get_cell(name)}: {sentence}")

    def get_kind(self, row):
        """Return the kind of a unit by the word in its row, or None for an empty cell."""
        return self._get_key(row, "kind", KINDS, row.get("kind"))

    def get_identities(self, row):
        """Return what a person is, as keys of ``IDENTITIES``."""
        text = row.get("identity")
        for separator in SEPARATORS:
            text = text.replace(separator, "\0")
        keys = [self._get_key(row, "identity", IDENTITIES, word) for word in text.split("\0")]
        return [key for key in dict.fromkeys(keys) if key]

    def _get_key(self, row, name, words, word):
        keys = {text: key for key, text in words.items()}
        if word and word not in keys:
            self.add_error(
                row,
                name,
                self.env._(
                    "“%(word)s” is unknown; write %(words)s.",
                    word=word[:40],
                    words=format_list(self.env, list(keys), "or"),
                ),
            )
        return keys.get(word)

    def _read_sheet(self, book, name):
        if name not in book.sheetnames:
            return []
        rows = read_rows(self.env, book[name], MOST_ROWS, MOST_COLUMNS)
        start, columns = self._find_heads(name, rows)
        found = [self._read_row(name, number, columns, rows[number])
                 for number in range(start + 1, len(rows))]  # fmt: skip
        found = [row for row in found if any(row.texts.values())]
        for row in found:
            self._check_needed(row)
        return found

    def _find_heads(self, name, rows):
        """Return the number of the row of heads and ``{name: column}``."""
        for number, row in enumerate(rows[:ROWS_ABOVE]):
            texts = [self._get_plain(cell) for cell in row]
            columns = {
                key: texts.index(known[0])
                for key, heads in HEADS[name].items()
                if (known := [head for head in heads if head in texts])
            }
            if columns.keys() >= set(NEEDED[name]):
                return number, columns
        heads = [HEADS[name][key][0] for key in NEEDED[name]]
        raise UserError(
            self.env._(
                "The sheet %(sheet)s has no row of heads with %(heads)s.",
                sheet=name,
                heads=format_list(self.env, heads),
            )
        )

    def _get_plain(self, cell):
        try:
            return tidy_line(read_text(self.env, cell))
        except UserError:
            return ""

    def _read_row(self, sheet, number, columns, cells):
        row = Row(sheet, number, columns, {})
        for name, column in columns.items():
            try:
                row.texts[name] = tidy_line(read_text(self.env, cells[column]))
            except UserError as error:
                row.texts[name] = ""
                self.add_error(row, name, str(error))
        return row

    def _check_needed(self, row):
        for name in NEEDED[row.sheet]:
            if not row.get(name):
                self.add_error(row, name, self.env._("This cell must not be empty."))
