import re

from odoo import models
from odoo.exceptions import UserError

from ...offline.archive import decode, open_workbook
from ...offline.cells import read_text
from .it_kpi_allocation import MOST_YUAN

UNIT, BASE = "单位", "基数"
MOST_ROWS = 5000
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
        bases, errors = self._read_bases(book.worksheets[0])
        if errors:
            raise UserError("\n".join(errors[:MOST_ERRORS]))
        for line, base in bases.items():
            line.base = base
        self.base_kind = "entered"

    def _read_bases(self, sheet):
        """Return ``{line: base}`` and the errors, each with the address of its cell."""
        rows = sheet.iter_rows(max_row=MOST_ROWS)
        unit_place, base_place = self._find_heads(rows)
        lines = {line.result_id.unit_name: line for line in self.line_ids.with_prefetch()}
        bases, errors = {}, []
        for row in rows:
            cells = {
                name: row[place]
                for name, place in ((UNIT, unit_place), (BASE, base_place))
                if place < len(row)
            }
            if len(cells) == 2 and cells[UNIT].value and cells[UNIT].value != "合计":
                try:
                    line, base = self._read_base(cells, lines)
                    if line in bases:
                        raise UserError(self.env._("The unit stands in the sheet twice."))
                    bases[line] = base
                except UserError as error:
                    errors.append(f"{cells[UNIT].coordinate}: {error}")
        return bases, errors

    def _find_heads(self, rows):
        """Return the places of the two columns, from the first rows of the sheet."""
        for _number, row in zip(range(ROWS_ABOVE), rows, strict=False):
            heads = {}
            for place, cell in enumerate(row):
                text = str(cell.value or "").strip()
                name = next((name for name in (UNIT, BASE) if text.startswith(name)), None)
                heads.setdefault(name, place)
            if UNIT in heads and BASE in heads:
                return heads[UNIT], heads[BASE]
        raise UserError(
            self.env._("The first sheet has no columns 单位 and 基数 in its first rows.")
        )

    def _read_base(self, cells, lines):
        """Return the line of a row and its base in yuan; raise a UserError if one is wrong."""
        name = read_text(self.env, cells[UNIT])
        if name not in lines:
            raise UserError(self.env._("“%s” has no rank in this result.", name[:40]))
        text = read_text(self.env, cells[BASE]).replace(",", "").replace("，", "")
        if not WHOLE.fullmatch(text) or int(text) > MOST_YUAN:
            raise UserError(self.env._("“%s” is no number of whole yuan.", text[:40]))
        return lines[name], int(text)
