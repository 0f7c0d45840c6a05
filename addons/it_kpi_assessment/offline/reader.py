"""Comparing an uploaded workbook with its form: the changes that it asks for, and its errors."""

from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from .answers import (
    ANSWERS,
    CODE,
    CRITERIA_SHEET,
    FIRST_ANSWER,
    FORM_SHEET,
    HEADS,
    KEY_SHEET,
    get_answers,
    get_keys,
)
from .archive import open_workbook
from .cells import read_answer, read_text
from .rows import read_rows

_lt = LazyTranslate(__name__)
MAX_ROWS = 2000
# Why a file is not the form's, by the first key that differs; "format" is checked first.
REFUSALS = {
    "format": _lt(
        "This is not a form that was downloaded here, or its hidden sheet is missing. "
        "Download the form, fill it in and upload that file."
    ),
    "database": _lt(
        "This form was downloaded from another system. Download it here and fill it in."
    ),
    "unit": _lt("This is the form of %(other)s. Here only the form of %(unit)s can be uploaded."),
    "year": _lt(
        "This is the form of the year %(other)s. Here only the form of %(year)s can be uploaded."
    ),
    "rubric": _lt(
        "This form follows another version of the rubric (%(other)s). Download the form of "
        "%(version)s and fill it in."
    ),
    "form": _lt(
        "The forms of this year were laid out anew since this one was downloaded. "
        "Download it again and fill it in."
    ),
}
# What a file says of itself: the key that a refusal quotes, and how many characters of it at most.
QUOTED = {"unit": ("unit_name", 80), "year": ("year", 10), "rubric": ("rubric_version", 40)}


class Change(NamedTuple):
    """An answer in the file that is not the one at the download.

    ``line`` is the line of the form, ``name`` one of ``ANSWERS``, ``current`` the answer on the
    form now and ``value`` the one in the file.
    """

    line: object
    name: str
    current: str
    value: str
    is_conflict: bool  # the answer on the form changed as well since the download


class OfflineForm:
    """A workbook that was uploaded for a form, compared with the form.

    ``keys`` are the keys of its hidden sheet, ``changes`` a list of ``Change``, ``errors`` a list
    of texts, each with the address of its cell. Nothing in the file is trusted.

    :param form: the ``it.kpi.assessment`` that it was uploaded for, with the rights of the user
    :param bytes content: the file
    :raise UserError: the file is not this form's
    """

    def __init__(self, form, content):
        self.form = form
        self.env = form.env
        self.keys, self.base, self.sheet = {}, {}, FORM_SHEET
        self.errors, self.changes = [], []
        book = open_workbook(self.env, content)
        self._read_keys(self._read_rows(book, KEY_SHEET))
        self._check_keys()
        self.sheet = self._find_form_sheet(book)
        self._read_form(self._read_rows(book, self.sheet))

    def _find_form_sheet(self, book):
        """Return the name of the sheet with the answers: by its name, or else by its heads."""
        names = [name for name in book.sheetnames if name not in (KEY_SHEET, CRITERIA_SHEET)]
        if FORM_SHEET not in names:
            for name in names:
                if self._find_heads(self._read_rows(book, name)) is not None:
                    return name
        return FORM_SHEET

    def _find_heads(self, rows):
        """Return the number of the row of the heads, or None."""
        heads = list(HEADS)
        texts = ([self._get_plain(cell) for cell in row] for row in rows)
        return next((number for number, row in enumerate(texts) if row == heads), None)

    def _read_rows(self, book, name):
        """Return the rows of a sheet, as lists of the cells of the known columns."""
        if name not in book.sheetnames:
            raise UserError(self._get_error("format"))
        return read_rows(self.env, book[name], MAX_ROWS, len(HEADS), is_wide_allowed=True)

    def _read_keys(self, rows):
        """Read the keys, and the answers of every line at the download."""
        for kind, name, *values in ([self._get_plain(cell) for cell in row] for row in rows):
            if kind == "key":
                self.keys[name] = values[0]
            elif kind == "line":
                self.base[name] = dict(zip(ANSWERS, values, strict=False))

    def _get_plain(self, cell):
        try:
            return read_text(self.env, cell)
        except UserError:
            return ""

    def _check_keys(self):
        expected = get_keys(self.form)
        for key in ("format", "database", "unit", "year", "rubric", "form"):
            if self.keys.get(key) != expected[key]:
                raise UserError(self._get_error(key))
        if self.base.keys() != set(self.form.line_ids.mapped("indicator_id.code")):
            raise UserError(self._get_error("format"))

    def _get_error(self, key):
        """Return the text that says why the file is not this form's."""
        quoted, length = QUOTED.get(key, (key, 0))
        text = self.env._(REFUSALS[key])
        return text % {
            "other": self.keys.get(quoted, "")[:length],
            "unit": self.form.unit_id.name,
            "year": self.form.cycle_id.year,
            "version": self.form.rubric_id.version,
        }

    def _read_form(self, rows):
        """Find the row of every line by its hidden code, and compare its answers."""
        found = self._find_rows(rows)
        for line in self.form.line_ids:
            numbers = found.get(line.indicator_id.code, [])
            if len(numbers) == 1:
                self._compare_line(line, numbers[0], rows[numbers[0]])
            elif not numbers:
                self._add_error("", self.env._("The row of “%s” is missing.", line.indicator_label))
            for number in numbers[1:]:
                self._add_error(
                    xl_rowcol_to_cell(number, FIRST_ANSWER),
                    self.env._("“%s” has a row above already.", line.indicator_label),
                )
        known = set(self.form.line_ids.mapped("indicator_id.code"))
        others = [number for code in found.keys() - known for number in found[code]]
        self._check_unanswered(rows, sorted(others))

    def _check_unanswered(self, rows, numbers):
        """Note the answers that stand in rows of no indicator: nobody would read them."""
        for number in numbers:
            for column in range(FIRST_ANSWER, CODE):
                if str(rows[number][column].value or "").strip():
                    self._add_error(
                        xl_rowcol_to_cell(number, column),
                        self.env._(
                            "This row belongs to no indicator. Write the text into the row of the "
                            "indicator, and empty this cell."
                        ),
                    )

    def _find_rows(self, rows):
        """Return ``{code: [numbers of its rows]}`` of the rows below the heads."""
        start = self._find_heads(rows)
        if start is None:
            raise UserError(
                self.env._(
                    "The columns of the sheet %s are not as they were downloaded. Download the "
                    "form anew and fill in that one.",
                    self.sheet,
                )
            )
        found = {}
        for number, row in enumerate(rows[start + 1 :], start + 1):
            found.setdefault(self._get_plain(row[CODE]), []).append(number)
        return found

    def _compare_line(self, line, number, row):
        base, current = self.base[line.indicator_id.code], get_answers(line)
        for column, name in enumerate(ANSWERS, FIRST_ANSWER):
            try:
                value = self._read_cell(line, name, base[name], row[column])
                if value not in (base[name], current[name]):
                    self._check_unlocked(line)
                    is_conflict = base[name] != current[name]
                    self.changes.append(Change(line, name, current[name], value, is_conflict))
            except UserError as error:
                self._add_error(xl_rowcol_to_cell(number, column), str(error))

    def _read_cell(self, line, name, base, cell):
        text = read_text(self.env, cell)
        return base if text == base else read_answer(line, name, text)

    def _check_unlocked(self, line):
        if line.lock_reason:
            raise UserError(line.lock_reason)

    def _add_error(self, cell, sentence):
        self.errors.append(f"{self.sheet}!{cell}: {sentence}" if cell else sentence)
