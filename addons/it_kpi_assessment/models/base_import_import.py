from openpyxl.styles.numbers import is_datetime

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..offline.archive import open_workbook
from ..offline.rows import read_rows

# The largest file in MB, and how much of a sheet is read.
MOST_MB = 2
MOST_ROWS, MOST_COLUMNS = 20_000, 200


class BaseImportImport(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """Odoo's import of records: every employee can upload a file to it, for any model.

    Odoo reads it whole, and a small file that unpacks to gigabytes would stop the server. So it is
    opened as the form filled offline is, and other formats are refused.
    """

    _inherit = "base_import.import"

    def _read_file(self, options):
        if len(self.file or b"") > MOST_MB * 1024**2:
            raise ImportValidationError(
                self.env._(
                    "The file is larger than %s MB. Import it in several parts.",
                    MOST_MB,
                )
            )
        return super()._read_file(options)

    def _read_xls(self, options):
        raise ImportValidationError(
            self.env._("Save the file as .xlsx or .csv, and import that one.")
        )

    def _read_ods(self, options):
        return self._read_xls(options)

    def _read_xlsx(self, options):
        """Return how many rows a sheet has and these rows, as lists of values; empty ones are left
        out.

        :raise ImportValidationError: the file is no workbook, or holds too much
        """
        try:
            book = open_workbook(self.env, self.file or b"", data_only=True)
            sheets = options["sheets"] = book.sheetnames
            name = options["sheet"] = options.get("sheet") or sheets[0]
            cells = read_rows(self.env, book[name], MOST_ROWS, MOST_COLUMNS)
        except UserError as error:
            raise ImportValidationError(str(error)) from error
        rows = [[self._read_it_kpi_cell(cell) for cell in row] for row in cells]
        width = max((n for row in rows for n, value in enumerate(row, 1) if value != ""), default=0)
        filled = [row[:width] for row in rows if any(str(value).strip() for value in row)]
        return len(filled), filled

    def _read_it_kpi_cell(self, cell):
        """Return the value as Odoo does: a text, or a date."""
        value = cell.value
        if value is None:
            return ""
        if cell.data_type == "e":
            raise ImportValidationError(
                self.env._("%s has an error value. Write the value itself.", cell.coordinate)
            )
        if isinstance(value, float):
            return str(int(value)) if value % 1 == 0 else str(value)
        if cell.is_date:
            return value.date() if is_datetime(cell.number_format) == "date" else value
        return str(value)
