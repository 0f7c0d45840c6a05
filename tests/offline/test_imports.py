"""Odoo's import of records, to which every employee can upload a file: read under limits."""

import time
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from odoo.tests import tagged

from ..helpers.common import BureauCase

OPTIONS = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@tagged("post_install", "-at_install")
class TestImports(BureauCase):
    def build(self, rows):
        book, stream = Workbook(), BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(stream)
        return stream.getvalue()

    def replace(self, name, part):
        """Return a workbook with one part replaced or added."""
        stream = BytesIO()
        content = self.build([["name"], ["甲局"]])
        with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
            for each in old.namelist():
                if each != name:
                    new.writestr(each, old.read(each))
            new.writestr(name, part)
        return stream.getvalue()

    def upload(self, content, role="reporter", kind=XLSX, name="单位.xlsx"):
        values = {"file": content, "file_type": kind, "file_name": name}
        dialogs = self.env["base_import.import"].with_user(self.users[role])
        return dialogs.create({"res_model": "it.kpi.unit", **values})

    def assertRefusedImport(self, sentence, content, **given):
        dialog = self.upload(content, **given)
        start = time.monotonic()
        self.assertIn(sentence, str(dialog.parse_preview(dict(OPTIONS)).get("error")))
        self.assertLess(time.monotonic() - start, 10)

    def test_units_are_imported_from_a_workbook(self):
        rows = [["name", "short_name", "kind"], ["甲局", 12.0, "direct"], [None, None, " "]]
        dialog = self.upload(self.build([*rows, ["乙局", "乙", "county"]]), "division")
        preview = dialog.parse_preview(dict(OPTIONS))
        self.assertFalse(preview.get("error"))
        self.assertEqual(preview["preview"][1], ["12", "乙"])
        result = dialog.execute_import(["name", "short_name", "kind"], rows[0], dict(OPTIONS))
        self.assertEqual(result["messages"], [])
        units = self.env["it.kpi.unit"].browse(result["ids"])
        self.assertEqual(units.mapped("short_name"), ["12", "乙"])

    def test_dates_are_read_as_dates(self):
        dialog = self.upload(self.build([["date"], [date(2099, 12, 15)]]))
        self.assertEqual(dialog._read_file(dict(OPTIONS)), (2, [["date"], [date(2099, 12, 15)]]))

    def test_bombs_are_refused(self):
        entities = "".join(
            f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 9)
        )
        bomb = f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{entities}]><x>&a8;</x>'
        texts = f'<sst xmlns="{MAIN}">' + "<si/>" * 400_000 + "</sst>"
        for name in ("xl/sharedStrings.xml", "xl/sharedStrings.dat", "xl/worksheets/sheet1.xml"):
            with self.subTest(name):
                self.assertRefusedImport("not written by", self.replace(name, bomb))
        self.assertRefusedImport("holds more", self.replace("xl/sharedStrings.xml", texts))
        self.assertRefusedImport("unpacks to far more", self.replace("x", b"\0" * 40 * 1024**2))
        self.assertRefusedImport("larger than 2 MB", b"a,b\n" * 600_000, kind="text/csv")

    def test_a_sheet_that_claims_to_be_large_is_no_work(self):
        """Odoo goes through all cells up to the last one, and merges cell by cell."""
        far = '<row r="{0}"><c r="XFD{0}"><v>1</v></c></row>'
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData>{{}}</worksheet>'
        merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        for row, more, sentence in (
            (far.format(1048576).replace("XFD", "A"), "", "more than 20000 rows"),
            (far.format(1).replace("XFD", "IA"), "", "more than 200 columns"),
            (far.format(1), "", "holds more than is read at once"),
            (far.format(1).replace("XFD", "A"), merged, "None"),
        ):
            with self.subTest(sentence):
                part = sheet.format(row, more)
                start = time.monotonic()
                dialog = self.upload(self.replace("xl/worksheets/sheet1.xml", part))
                answer = dialog.parse_preview(dict(OPTIONS))
                self.assertLess(time.monotonic() - start, 10)
                if sentence != "None":
                    self.assertIn(sentence, answer["error"])

    def test_other_formats_are_refused(self):
        old = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
        ods = "application/vnd.oasis.opendocument.spreadsheet"
        self.assertRefusedImport(
            "as .xlsx or .csv", old, kind="application/vnd.ms-excel", name="a.xls"
        )
        self.assertRefusedImport("as .xlsx or .csv", b"x", kind=ods, name="a.ods")

    def test_lines_of_text_are_imported(self):
        text = "name,short_name\n甲局,甲\n".encode()
        preview = self.upload(text, kind="text/csv", name="a.csv").parse_preview(dict(OPTIONS))
        self.assertEqual(preview["preview"][0][:1], ["甲局"])
