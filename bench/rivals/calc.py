import csv
import subprocess
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from .rival import Rival
from .year import KINDS, RATIOS

# Else Calc shows what whoever wrote the workbook had computed, here nothing.
SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
FIRST = 2  # row of the first unit; above it are the points and the means
LACKING = "无此项"


class Calc(Rival):
    """LibreOffice opens a workbook of marks and formulas, computes it and writes the ranking.

    No user interface is shown; the start of the program is part of it. The workbook is made
    beforehand. It knows no R3, R7 and R8, no second writer, no rights and no log.
    """

    name = "LibreOffice Calc, a workbook with formulas"
    most_size = 1000

    def prepare(self):
        self.folder = TemporaryDirectory(prefix="kpi-calc-")
        settings = Path(self.folder.name, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS)
        self.write_workbook()
        self.run("--terminate_after_init")  # the first start makes the profile, and fails

    def score(self):
        self.run("--convert-to", "csv", "--outdir", self.folder.name, f"{self.folder.name}/y.xlsx")
        with Path(self.folder.name, "y.csv").open() as file:
            return {int(row[0]): round(Decimal(row[1]) * 100) for row in csv.reader(file)}

    def run(self, *arguments):
        profile = f"-env:UserInstallation=file://{self.folder.name}/profile"
        command = ["soffice", "--headless", profile, *arguments]
        subprocess.run(command, capture_output=True, timeout=600)

    def write_workbook(self):
        with xlsxwriter.Workbook(f"{self.folder.name}/y.xlsx") as book:
            ranking = book.add_worksheet("ranking")
            for kind in KINDS:
                self.write_form(book.add_worksheet(kind), kind)
            self.write_ranking(ranking)

    def write_form(self, sheet, kind):
        """A row a unit: its 16 marks, what each earns, and the total."""
        count, last = len(self.year.points), FIRST + len(self.year.units)
        for column, points in enumerate(self.year.points):
            name = xl_col_to_name(count + column)
            sheet.write(0, column, points / 100)
            sheet.write_formula(1, column, f"=ROUND(AVERAGE({name}{FIRST + 1}:{name}{last}),2)")
        marks = f"A{{0}}:{xl_col_to_name(count - 1)}{{0}}"
        scores = f"{xl_col_to_name(count)}{{0}}:{xl_col_to_name(2 * count - 1)}{{0}}"
        for row, unit in enumerate(self.year.units, FIRST):
            number = row + 1
            for column, code in enumerate(self.year.marks[kind, unit]):
                mark, letter = f"{xl_col_to_name(column)}{number}", xl_col_to_name(column)
                sheet.write(row, column, code or LACKING)
                choice = f'=IF({mark}="{LACKING}","",ROUND({letter}$1*{self.get_ratio(mark)},2))'
                sheet.write_formula(row, count + column, choice)
            lacking = f'SUMPRODUCT(({marks.format(number)}="{LACKING}")*{marks.format("$2")})'
            sheet.write_formula(row, 2 * count, f"=SUM({scores.format(number)})+{lacking}")

    def get_ratio(self, mark):
        """Return the formula of the share that a grade earns."""
        *graded, (_last, least) = RATIOS.items()
        choices = "".join(f'IF({mark}="{code}",{ratio}%,' for code, ratio in graded)
        return f"{choices}{least}%{')' * len(graded)}"

    def write_ranking(self, sheet):
        total, count = xl_col_to_name(2 * len(self.year.points)), len(self.year.units)
        for row, unit in enumerate(self.year.units):
            form = FIRST + row + 1
            mean = f"ROUND(({KINDS[0]}!{total}{form}+{KINDS[1]}!{total}{form})/2,2)"
            sheet.write(row, 0, unit)
            sheet.write_formula(row, 1, "=0" if unit in self.year.vetoed else f"={mean}")
            sheet.write_formula(row, 2, f"=RANK(B{row + 1},B$1:B${count})")
