"""Which files are refused as a whole: another form's, and those that no honest program wrote."""

import re
from contextlib import contextmanager
from io import BytesIO
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

from odoo.addons.it_kpi_assessment.offline import parts

from ..helpers.offline import FIRST_ROW, KEYS, SHEET, OfflineCase

FORM_PART = "xl/worksheets/sheet1.xml"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&a;</x>'
ARCHIVE = "odoo.addons.it_kpi_assessment.offline.archive"


def rewrite(content, more=(), **changes):
    """Return a workbook with parts changed by functions, and others added."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name.rsplit("/", 1)[-1].removesuffix(".xml"))
            new.writestr(name, change(old.read(name)) if change else old.read(name))
        for name, added in dict(more).items():
            new.writestr(name, added)
    return stream.getvalue()


class TestOfflineKeys(OfflineCase):
    """Keys guard against mistakes; each mistake has its own sentence."""

    def test_another_unit(self):
        leader = self.get_unit("昭化").leader_ids = self.users["leader"]
        book = self.download(self.get_form(self.cycle, "昭化").with_user(leader))
        self.assertRefusedFile(f"form of {self.get_unit('昭化').name}", book)

    def test_another_year(self):
        other = self.get_form(self.open_cycle(year=2098), "利州").with_user(self.users["reporter"])
        self.assertRefusedFile("form of the year 2098", self.download(other))

    def test_another_version_of_the_rubric(self):
        book = self.download()
        self.assessment.rubric_id.sudo().dimension_ids[0].indicator_ids[0].form_name = "改"
        self.assertRefusedFile("another version of the rubric (2023)", book)

    def test_a_form_that_was_laid_out_anew(self):
        self.assertRefusedFile("laid out anew", self.with_key("form", "0"))

    def test_another_system(self):
        self.assertRefusedFile("another system", self.with_key("database", "elsewhere"))

    def test_another_kind_of_workbook(self):
        self.assertRefusedFile("not a form that was downloaded", self.with_key("format", "x"))

    def test_without_its_hidden_sheet_or_its_form(self):
        for name in (KEYS, SHEET):
            book = self.download()
            del book[name]
            self.assertRefusedFile("not a form that was downloaded", book)

    def test_a_renamed_sheet_is_found_by_its_heads(self):
        book = self.put(self.download(), 0, mark="B")
        book[SHEET].title = "利州区"
        self.assertEqual(self.shown(self.check(book)), {(0, "mark"): ("A", "B")})
        book["利州区"]["E7"].value = "E"
        [error] = self.check(book).errors.split("\n")
        self.assertTrue(error.startswith("利州区!E7: "))

    def test_a_renamed_sheet_with_other_heads_is_no_form(self):
        book = self.download()
        book[SHEET].title = "利州区"
        book["利州区"]["E6"].value = "等次"
        self.assertRefusedFile("not a form that was downloaded", book)

    def test_with_a_line_of_the_hidden_sheet_missing(self):
        book = self.download()
        book[KEYS].delete_rows(book[KEYS].max_row)
        self.assertRefusedFile("hidden sheet", book)

    def with_key(self, key, value):
        book = self.download()
        [cell] = [row[2] for row in book[KEYS] if row[1].value == key]
        cell.value = value
        return book

    def test_forged_keys_open_nothing(self):
        """Rights come from the form that the dialog is about, and locks from its lines."""
        self.get_unit("昭化").leader_ids = self.users["leader"]
        other = self.get_form(self.cycle, "昭化").with_user(self.users["leader"])
        forged = self.put(self.download(other), 0, mark="D")
        for row in forged[KEYS]:
            for key, value in (("unit", self.own_unit.id), ("form", self.assessment.id)):
                if row[1].value == key:
                    row[2].value = str(value)
        wizard = self.check(forged)
        wizard.change_ids.is_taken = True
        wizard.action_take_over()
        self.assertEqual(self.lines[0].grade_id.code, "D", "as if filled in on the own form")
        self.assertFalse(other.line_ids[0].grade_id)

    def test_a_forged_value_at_the_download_hides_no_change_from_the_lock(self):
        book = self.put(self.download(), 0, mark="D")
        for row in book[KEYS]:
            if row[1].value == self.lines[0].indicator_id.code:
                row[2].value = "D"
        self.assessment.sudo().state = "returned"
        self.lines[1].sudo().returned = True
        self.assertEqual(self.shown(self.check(book)), {})
        self.assertEqual(self.lines[0].grade_id.code, "A")


class TestOfflineFiles(OfflineCase):
    """What spreadsheet programs write is read; what could harm is not even opened."""

    def setUp(self):
        super().setUp()
        self.content = self.assessment._offline_workbook()

    def change_form(self, pattern, replacement):
        """Return the workbook with the XML of the form's sheet changed."""

        def change(part):
            text, count = re.subn(pattern, replacement, part.decode())
            self.assertTrue(count)
            return text.encode()

        return rewrite(self.content, sheet1=change)

    def test_text_within_the_cell(self):
        """Some programs write texts into the cells and not into a table of texts."""
        text = '<c r="G7" t="inlineStr"><is><t>备</t></is></c>'
        book = self.change_form(r'<c r="G7"[^>]*/>', text)
        self.assertEqual(self.shown(self.check(book)), {(0, "remark"): ("", "备")})

    def test_nothing_chosen(self):
        wizard = self.upload(self.content)
        wizard.file = False
        self.assertRefused("Choose the workbook", wizard.action_check)

    def test_no_workbook(self):
        damaged = self.content[:-200]
        torn = rewrite(self.content, sheet1=lambda part: part[: len(part) // 2])
        for content in (
            b"x",
            b"PK\x03\x04",
            "单位,等次".encode(),
            damaged,
            self.empty(),
        ):
            with self.subTest(content[:10]):
                self.assertRefusedFile("no Excel workbook", content)
        self.assertRefusedFile("damaged", torn)

    def empty(self):
        stream = BytesIO()
        ZipFile(stream, "w").close()
        return stream.getvalue()

    def test_numbers_where_none_can_be(self):
        """Positions beyond all bounds are no reason to read on for ever, or to crash."""
        for cell in (
            '<c r="G7" t="s"><v>99999</v></c>',
            '<c r="ZZZZ7"/>',
            '<c r="G7"><v>x</v></c>',
        ):
            with self.subTest(cell):
                book = self.change_form(r'<c r="G7"[^>]*/>', cell)
                self.assertRefusedFile("damaged", book)

    def test_numbers_beyond_all_bounds(self):
        for number in ("9" * 4000, "1e999"):
            with self.subTest(number[:10]):
                cell = f'<c r="F12"><v>{number}</v></c>'
                [error] = self.errors(self.change_form(r'<c r="F12"[^>]*/>', cell))
                self.assertIn("no percentage", error)

    def test_values_far_below_are_refused_and_blank_cells_are_not(self):
        far = '<row r="1048576"><c r="A1048576">{}</c></row></sheetData>'
        blank = self.change_form("</sheetData>", far.format(""))
        self.assertEqual(self.shown(self.check(blank)), {})
        book = self.change_form("</sheetData>", far.format("<v>1</v>"))
        self.assertRefusedFile("has more than 2000 rows", book)

    def test_password_or_old_format(self):
        self.assertRefusedFile(
            "password, or one of the old formats .xls (Excel) and .et",
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
        )

    def test_macros(self):
        book = rewrite(self.content, {"xl/vbaProject.bin": b"x"})
        self.assertRefusedFile("macros", book)

    def test_document_types_in_a_part_of_any_name(self):
        """An entity in XML could grow to gigabytes, or read files of the server."""
        with ZipFile(BytesIO(self.content)) as archive:
            names = archive.namelist()
        unknown = ("xl/sharedStrings.dat", "xl/a.bin", "docProps/x", "sheet1", "XL/B.XML", "a.txt")
        for name in (*names, *unknown):
            for encoding in ("utf-8", "utf-16", "utf-16-be"):
                with self.subTest(name, encoding=encoding), self.assertNotLoaded():
                    book = self.replace(name, BOMB.encode(encoding))
                    self.assertRefusedFile("not written by a spreadsheet program", book)

    def test_document_types_in_an_encoding_that_hides_them(self):
        """In UTF-7 they are made of letters."""
        head, hidden = '<?xml version="1.0" encoding="utf-7"?>', BOMB.replace("<!", "+ADwAIQ-")
        for name in ("xl/sharedStrings.xml", FORM_PART, "xl/workbook.xml"):
            with self.subTest(name), self.assertNotLoaded():
                book = self.replace(name, (head + hidden).encode())
                self.assertRefusedFile("no Excel workbook", book)

    def test_parts_are_known_by_their_names(self):
        """The texts under another name are not read, whatever the workbook says of them."""

        def rename(part):
            return part.replace(b"sharedStrings.xml", b"sharedStrings.dat")

        changes = {"[Content_Types]": rename, "workbook.xml.rels": rename}
        with ZipFile(BytesIO(self.content)) as archive:
            texts = archive.read("xl/sharedStrings.xml")
        book = rewrite(self.content, {"xl/sharedStrings.dat": texts}, **changes)
        self.assertRefusedFile("no Excel workbook", book)

    def test_what_unpacks_to_too_much_is_not_unpacked(self):
        bomb = rewrite(self.content, {"xl/media/image.png": b"\0" * 40 * 1024 * 1024})
        self.assertLess(len(bomb), 1024 * 1024)
        with self.assertNotLoaded():
            self.assertRefusedFile("unpacks to far more", bomb)

    def test_needed_parts_have_the_size_of_a_form(self):
        with ZipFile(BytesIO(self.content)) as archive:
            names = [name for name in archive.namelist() if parts.NEEDED.fullmatch(name)]
            self.assertLess(sum(len(archive.read(name)) for name in names), parts.MAX_BYTES / 20)
        self.assertGreater(len(names), 6)
        for name in names:
            with self.subTest(name), self.assertNotLoaded():
                self.assertRefusedFile("holds more", self.replace(name, b" " * 3 * 1024**2))

    def test_texts_and_elements_have_the_number_of_a_form(self):
        """openpyxl takes minutes for what unpacks to a few megabytes of empty texts."""
        texts = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>%s</sst>"
        cells = "<worksheet><sheetData><row>%s</row></sheetData></worksheet>"
        for name, pattern, element, count in (
            ("xl/sharedStrings.xml", texts, "<si/>", 20_000),
            ("xl/styles.xml", "<styleSheet>%s</styleSheet>", "<xf/>", 200_000),
            (FORM_PART, cells, "<c/>", 200_000),
        ):
            with self.subTest(name), self.assertNotLoaded():
                book = self.replace(name, (pattern % (element * count)).encode())
                self.assertRefusedFile("holds more", book)

    def test_a_form_with_the_longest_texts_is_read(self):
        """Of signs that take the most room: they are escaped, or have four bytes."""
        for sign in ("&", "\U00020000"):
            self.lines.sudo().write({"explanation": sign * 5000, "remark": sign * 500})
            self.assertEqual(self.shown(self.check(self.assessment._offline_workbook())), {})

    def replace(self, name, content):
        """Return the workbook with one part replaced or added."""
        stream = BytesIO()
        with ZipFile(BytesIO(self.content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
            for each in old.namelist():
                if each != name:
                    new.writestr(each, old.read(each))
            new.writestr(name, content)
        return stream.getvalue()

    @contextmanager
    def assertNotLoaded(self):
        with patch(f"{ARCHIVE}.load_workbook") as load:
            yield
        load.assert_not_called()

    def test_too_many_parts(self):
        more = {f"xl/{number}.xml": b"<x/>" for number in range(400)}
        self.assertRefusedFile("unpacks to far more", rewrite(self.content, more))

    def test_too_large(self):
        self.assertRefusedFile("larger than 5 MB", b"x" * 6 * 1024 * 1024)

    def test_a_formula_under_a_value_is_no_text(self):
        cell = '<c r="G7" t="str"><f>HYPERLINK("http://x")</f><v>备</v></c>'
        [error] = self.errors(self.change_form(r'<c r="G7"[^>]*/>', cell))
        self.assertTrue(error.startswith(f"{SHEET}!G{FIRST_ROW}: There is a formula"))

    def test_truth_values_are_no_marks(self):
        cell = '<c r="E7" t="b"><v>1</v></c>'
        [error] = self.errors(self.change_form(r'<c r="E7"[^>]*>.*?</c>', cell))
        self.assertIn("“TRUE” is no mark", error)
