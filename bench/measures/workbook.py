import io
from collections import defaultdict

import openpyxl
import xlsxwriter
from openpyxl.cell.read_only import ReadOnlyCell

from odoo.addons.it_kpi_assessment.workbook.build import build_workbook

from ..bureau import FILED
from ..machine import peak_memory
from ..measuring import Measure


class Workbook(Measure):
    """Leadership downloads the workbook of the live ranking.

    The floor writes the same cells, each with a format, from a list: it reads no database, and
    makes no widths, notes, charts and page set-up.
    """

    name = "Workbook of the ranking"
    floor_name = "xlsxwriter with the same cells in memory"
    most_ratio = 1.5
    why = (
        "Beside what the floor does it ranks, reads 32 lines a unit and measures every text for"
        " widths and heights. The megabytes are what the process grows by: above 1 000 units rows"
        " go to disk as they are written, which takes a quarter longer than the floor's memory."
    )

    def __init__(self, bureau):
        super().__init__(bureau)
        book = openpyxl.load_workbook(io.BytesIO(self.build()), read_only=True)
        self.sheets = {
            sheet.title: [
                (cell.row - 1, cell.column - 1, cell.value, str(cell.style_array))
                for row in sheet
                for cell in row
                if isinstance(cell, ReadOnlyCell)
            ]
            for sheet in book
        }

    def floor(self):
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
            formats = defaultdict(book.add_format)
            for title, cells in self.sheets.items():
                sheet = book.add_worksheet(title)
                for row, column, value, style in cells:
                    sheet.write(row, column, value, formats[style])

    def own(self):
        with peak_memory() as memory:
            self.build()
        self.megabytes = memory.megabytes

    def build(self):
        with self.bureau.acting("leadership") as env:
            cycle = env["it.kpi.cycle"].browse(self.bureau.ids[FILED])
            return build_workbook(cycle._get_workbook_ranking())
