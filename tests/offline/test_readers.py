"""All readers of uploaded workbooks: what a sheet holds is read or refused, nothing left out."""

import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons import it_kpi_assessment
from odoo.addons.it_kpi_assessment.offline.parts import keep_needed

from ..helpers.common import BureauCase
from ..helpers.offline import SHEET

ADDON = Path(it_kpi_assessment.__path__[0])
FAR = 30_000
OPTIONS = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rewrite_sheet(pattern, lie):
    """Return a function that rewrites the first sheet of a workbook's content."""

    def rewrite(content):
        stream = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w") as new:
            for each in old.namelist():
                part = old.read(each)
                if each.endswith("sheet1.xml"):
                    part = re.sub(pattern, lie, part, count=1, flags=re.DOTALL)
                new.writestr(each, part)
        return stream.getvalue()

    return rewrite


@tagged("post_install", "-at_install")
class TestReaders(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubric.sudo().proposes_funds = True
        publication = cls.publish(cls.example_year())
        division = cls.users["division"]
        publication.with_user(division).action_propose_funds()
        cls.allocation = publication.allocation_ids.with_user(division)
        form = cls.get_form(cls.open_cycle(year=2100), "利州")
        cls.form = form.with_user(cls.users["reporter"])
        cls.env.flush_all()
        cls.readers = {
            "form": (cls.build_form, cls.read_form),
            "roster": (cls.build_roster, cls.read_roster),
            "bases": (cls.build_bases, cls.read_bases),
            "import": (cls.build_import, cls.read_import),
        }

    @classmethod
    def build_form(cls):
        book = load_workbook(BytesIO(cls.form._offline_workbook()))
        return book, book[SHEET]

    @classmethod
    def build_roster(cls):
        book = Workbook()
        book.active.title = "人员"
        book.active.append(["姓名", "身份", "单位", "用户名"])
        book.active.append(["张三", "考核小组成员", None, "zhang3"])
        return book, book.active

    @classmethod
    def build_bases(cls):
        book = Workbook()
        book.active.append(["单位", "基数"])
        book.active.append([cls.own_unit.name, 5])
        return book, book.active

    @classmethod
    def build_import(cls):
        book = Workbook()
        book.active.append(["name", "short_name"])
        book.active.append(["甲局", "甲"])
        return book, book.active

    @classmethod
    def read_form(cls, content):
        dialogs = cls.env["it.kpi.offline.wizard"].with_user(cls.users["reporter"])
        dialog = dialogs.create({"form_id": cls.form.id, "file": b64encode(content)})
        dialog.action_check()
        return dialog.errors

    @classmethod
    def read_roster(cls, content):
        dialogs = cls.env["it.kpi.roster.wizard"].with_user(cls.users["division"])
        dialog = dialogs.create({"file": b64encode(content)})
        dialog.action_check()
        return dialog.errors

    @classmethod
    def read_bases(cls, content):
        cls.allocation.action_import_bases(b64encode(content).decode())

    @classmethod
    def read_import(cls, content):
        dialogs = cls.env["base_import.import"].with_user(cls.users["division"])
        values = {"file": content, "file_type": XLSX, "file_name": "单位.xlsx"}
        dialog = dialogs.create({"res_model": "it.kpi.unit", **values})
        return dialog.parse_preview(dict(OPTIONS)).get("error")

    def read(self, name, change, rewrite=bytes):
        """Return what a reader says of its workbook after a change, or an empty text."""
        build, read = self.readers[name]
        book, sheet = build()
        change(sheet)
        stream = BytesIO()
        book.save(stream)
        try:
            with self.env.cr.savepoint():
                return str(read(rewrite(stream.getvalue())) or "")
        except UserError as error:
            return str(error)

    def test_the_workbooks_of_this_test_are_right(self):
        for name in self.readers:
            self.assertEqual(self.read(name, lambda sheet: None), "", name)

    def test_a_value_far_below_is_not_cut_off(self):
        for name in self.readers:
            said = self.read(name, lambda sheet: sheet.cell(FAR, 1).__setattr__("value", "甲"))
            self.assertRegex(said, r"has more than \d+ rows", name)

    def test_rows_that_only_look_filled_are_no_reason_to_refuse(self):
        for name in self.readers:
            said = self.read(name, lambda s: s.cell(FAR, 1).__setattr__("font", Font(bold=True)))
            self.assertEqual(said, "", name)

    def test_more_rows_than_are_read_are_refused(self):
        def fill(sheet):
            for number in range(1, 5002):
                sheet.append([f"甲{number}", number])

        for name in ("form", "roster", "bases"):
            self.assertRegex(self.read(name, fill), r"has more than \d+ rows", name)

    def test_a_sheet_that_lies_about_its_size_is_read_whole(self):
        """The size that a file states of a sheet is not what it holds."""

        def lie(content):
            stream = BytesIO()
            with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w") as new:
                for each in old.namelist():
                    part = old.read(each)
                    if each.endswith("sheet1.xml"):
                        self.assertIn(b'<dimension ref="A1:B3"', part)
                        part = part.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:B2"')
                    new.writestr(each, part)
            return stream.getvalue()

        said = self.read("bases", lambda sheet: sheet.append(["某单位", 5]), lie)
        self.assertIn("A3: “某单位” has no rank", said)

    def test_rows_out_of_place_are_named(self):
        """openpyxl passes over a row that stands below a later one."""
        rows = rb'<row r="1"(.*?)</row><row r="2"(.*?)</row>'
        lies = {
            rb'<row r="2"\2</row><row r="1"\1</row>': "Row 1 of a sheet is out of place",
            rb'<row r="1"\1</row><row r="1"\2</row>': "Row 1 of a sheet is out of place",
            rb'<row r="first"\1</row><row r="2"\2</row>': "Row first of a sheet is out of place",
            rb'<row r="1"\1</row><row r="1048577"\2</row>': "Row 1048577 of a sheet is out of",
        }
        for name in self.readers:
            for lie, reason in lies.items():
                with self.subTest(name, lie=lie):
                    said = self.read(name, lambda sheet: None, rewrite_sheet(rows, lie))
                    self.assertIn(reason, said)

    def test_values_in_rows_without_a_key_are_named_by_their_cells(self):
        def add(sheet):
            sheet.append([None, "填报员" if sheet.title == "人员" else 5])

        self.assertIn("A3: There is an amount, but no unit.", self.read("bases", add))
        self.assertIn("人员!A3: This cell must not be empty.", self.read("roster", add))

        def insert(sheet):
            sheet.cell(sheet.max_row + 2, 8).value = "补充说明"

        _book, sheet = self.build_form()
        said = self.read("form", insert)
        self.assertEqual(said.partition(":")[0], f"{SHEET}!H{sheet.max_row + 2}")
        self.assertIn("belongs to no indicator", said)

    def test_columns_beyond_those_that_are_read_are_refused(self):
        for name, most in (("roster", 30), ("bases", 30), ("import", 200)):
            said = self.read(name, lambda s, most=most: s.cell(1, most + 1).__setattr__("value", 1))
            self.assertIn(f"has more than {most} columns", said, name)
            said = self.read(name, lambda s: s.cell(2, 250).__setattr__("value", 1))
            self.assertIn(f"has more than {most} columns", said, name)

    def test_blank_cells_far_to_the_right_cost_nothing(self):
        """openpyxl makes 16 384 cells of a row that ends with a blank one in column XFD."""

        def look_filled(sheet):
            sheet.cell(3, 16384).font = Font(bold=True)

        for name, (build, _read) in self.readers.items():
            self.assertEqual(self.read(name, look_filled), "", name)
            book, sheet = build()
            look_filled(sheet)
            stream = BytesIO()
            book.save(stream)
            with ZipFile(BytesIO(keep_needed(self.env, stream.getvalue()))) as kept:
                sheets = [part for part in kept.namelist() if "worksheets" in part]
                self.assertNotIn(b'r="XFD', b"".join(map(kept.read, sheets)), name)

    def test_values_far_to_the_right_are_refused(self):
        for name in self.readers:
            for value in (1, "=1+1"):
                said = self.read(name, lambda s, v=value: s.cell(3, 16384).__setattr__("value", v))
                self.assertIn("holds more than is read at once", said, name)

    def test_there_is_no_other_reader(self):
        """A reader that is added takes its rows from the same place."""
        sources = {path: path.read_text() for path in ADDON.rglob("*.py")}
        readers = {path.stem for path, source in sources.items() if "open_workbook(" in source}
        self.assertEqual(
            readers, {"archive", "reader", "it_kpi_allocation_bases", "base_import_import"}
        )
        rows = [path.stem for path, source in sources.items() if "iter_rows(" in source]
        self.assertEqual(rows, ["rows"])
        openers = [path.stem for path, source in sources.items() if "load_workbook(" in source]
        self.assertEqual(openers, ["archive"])
        for path, source in sources.items():
            if "open_workbook(" in source and path.stem != "archive":
                self.assertIn("read_rows(", source, path)
