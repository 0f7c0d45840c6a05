import re

from xlsxwriter.utility import xl_rowcol_to_cell

from odoo import models
from odoo.exceptions import UserError

from ...offline.archive import decode, open_workbook
from ...offline.cells import read_text
from ...offline.rows import list_errors, read_rows
from .it_kpi_allocation import MOST_YUAN

UNIT, BASE = "单位", "基数"
# How the columns may be headed, without spaces: 单位 in a note such as 单位：元 is no head.
HEADS = {UNIT: re.compile("单位(名称)?"), BASE: re.compile(r"基数([（(].*[）)])?")}
TOTALS = ("合计", "总计")
MOST_ROWS, MOST_COLUMNS = 5000, 30
# Rows above the heads, such as a title.
ROWS_ABOVE = 10
MOST_ERRORS = 50
WHOLE = re.compile(r"[0-9]{1,10}")


class ItKpiAllocation(models.Model):
    """The bases of a proposal of funds from a workbook: all of them are taken over, or none."""

    _inherit = "it.kpi.allocation"

    def action_import_bases(self, file):
        """Take the bases over from the first sheet of a workbook: columns 单位 and 基数.

        Units that the sheet leaves out keep their base.

        :param str file: an xlsx workbook in base64
        :raise AccessError: the user may not change the proposal
        :raise UserError: the file cannot be read, or cells are wrong, which are all named
        """
        self.ensure_one()
        self.check_access("read")
        self._check_editable(["line_ids", "base_kind"])
        book = open_workbook(self.env, decode(self.env, file))
        rows = read_rows(self.env, book.worksheets[0], MOST_ROWS, MOST_COLUMNS)
        bases, errors = self._read_bases(rows)
        if errors:
            raise UserError(list_errors(self.env, errors, MOST_ERRORS))
        for line, base in bases.items():
            line.base = base
        self.base_kind = "entered"

    def _read_bases(self, rows):
        """Return ``{line: base}`` and the errors, each with the address of its cell.

        Every row below the heads that says something in one of the two columns is read, but for
        that of the total.
        """
        start, unit_place, base_place = self._find_heads(rows)
        lines = {line.result_id.unit_name: line for line in self.line_ids.with_prefetch()}
        bases, errors = {}, []
        for number, row in enumerate(rows[start + 1 :], start + 1):
            cells = (row[unit_place], row[base_place])
            if not any(_squeeze(cell) for cell in cells) or _is_total(row):
                continue
            place = unit_place
            try:
                line = self._read_unit(cells[0], lines, bases)
                place = base_place
                bases[line] = self._read_base(cells[1])
            except UserError as error:
                errors.append(f"{xl_rowcol_to_cell(number, place)}: {error}")
        return bases, errors

    def _find_heads(self, rows):
        """Return the number of the row of heads, and the places of the two columns in it."""
        for number, row in enumerate(rows[:ROWS_ABOVE]):
            places = {
                name: [place for place, cell in enumerate(row) if head.fullmatch(_squeeze(cell))]
                for name, head in HEADS.items()
            }
            if all(places.values()):
                self._check_heads(row, places)
                return number, places[UNIT][0], places[BASE][0]
        raise UserError(
            self.env._("The first sheet has no columns 单位 and 基数 in its first rows.")
        )

    def _check_heads(self, row, places):
        """Raise a UserError if it is not clear which column is meant, or in which unit of money."""
        for name, found in places.items():
            if len(found) > 1:
                raise UserError(
                    self.env._("The sheet has several columns %s: keep the one to be read.", name)
                )
        if "万" in _squeeze(row[places[BASE][0]]):
            raise UserError(self.env._("Bases are read in yuan, not in 万元: convert the column."))

    def _read_unit(self, cell, lines, bases):
        """Return the line of the unit that a cell names; raise a UserError if there is none."""
        name = read_text(self.env, cell)
        if not name:
            raise UserError(self.env._("There is an amount, but no unit."))
        if name not in lines:
            raise UserError(self.env._("“%s” has no rank in this result.", name[:40]))
        if lines[name] in bases:
            raise UserError(self.env._("The unit stands in the sheet twice."))
        return lines[name]

    def _read_base(self, cell):
        """Return a base in yuan; raise a UserError if the cell holds none."""
        text = read_text(self.env, cell).replace(",", "").replace("，", "")
        if not text:
            raise UserError(self.env._("There is a unit, but no amount."))
        if not WHOLE.fullmatch(text) or int(text) > MOST_YUAN:
            raise UserError(self.env._("“%s” is no number of whole yuan.", text[:40]))
        return int(text)


def _squeeze(cell):
    """Return the text of a cell without any spaces."""
    return "".join(str("" if cell.value is None else cell.value).split())


def _is_total(row):
    """Return whether a row holds the total: 合计 stands in its first cell that is not empty."""
    return next((text for cell in row if (text := _squeeze(cell))), "") in TOTALS
