"""A form is read for its answers, whichever program wrote the workbook."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from ..helpers.offline import SHEET, OfflineCase

STYLES, WORKBOOK = "xl/styles.xml", "xl/workbook.xml"
FORM_PART = "xl/worksheets/sheet1.xml"


class TestOfflineWriters(OfflineCase):
    def setUp(self):
        super().setUp()
        book = self.put(self.download(), 0, remark="备注")
        book[SHEET]["F12"].number_format = "0.00%"
        book[SHEET]["F12"].value = 0.955
        with ZipFile(BytesIO(self.save(book))) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.answers = {(0, "remark"): ("", "备注"), (5, "measured_value"): ("", "95.5")}

    def build(self, rename=lambda name: name, **changes):
        """Return the workbook with parts renamed and replaced."""
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            for name, part in {**self.parts, **changes.pop("parts", {})}.items():
                archive.writestr(rename(name), part)
        return stream.getvalue()

    def change(self, name, pattern, replacement):
        """Return the workbook with a part changed."""
        changed, count = re.subn(pattern, replacement, self.parts[name].decode())
        self.assertTrue(count, pattern)
        return self.build(parts={name: changed.encode()})

    def assertRead(self, content):
        self.assertEqual(self.shown(self.check(content)), self.answers)

    def test_loose_styles(self):
        for pattern, replacement in (
            ("<fill><patternFill", "<fill/><fill><patternFill"),
            (r'<cellStyle name="[^"]*"', "<cellStyle"),
            (r'<family val="\d+"', '<family val="34"'),
            ("<border>", '<border loose="yes"><unknown/>'),
            ("</cellXfs>", '<xf numFmtId="999"/><xf numFmtId="x"/><xf/></cellXfs>'),
        ):
            with self.subTest(pattern):
                self.assertRead(self.change(STYLES, pattern, replacement))

    def test_a_cell_of_a_style_that_is_not_there(self):
        self.assertRead(self.change(FORM_PART, r'r="G7" s="\d+"', 'r="G7" s="4000"'))
        number = self.change(FORM_PART, r'r="F12" s="\d+"', 'r="F12" s="4000"')
        [error] = self.errors(number)  # a number, not a percentage
        self.assertIn("“0.955” is less than 1", error)

    def test_what_describes_the_file_does_not_matter(self):
        date = r"(<dcterms:created[^>]*>)[^<]*"
        self.assertRead(self.change("docProps/core.xml", date, r"\g<1>2026年11月3日"))
        self.assertRead(
            self.build(parts={"docProps/core.xml": b"no xml", "xl/theme/theme1.xml": b""})
        )
        views = '<bookViews><workbookView activeTab="x" loose="1"/></bookViews><unknown/>'
        self.assertRead(self.change(WORKBOOK, "<bookViews>.*</bookViews>", views))

    def test_names_of_parts_with_backslashes(self):
        """``orig_filename`` keeps them: on Windows ``zipfile`` itself turns them."""
        self.assertRead(self.build(rename=lambda name: name.replace("/", "\\")))

    def test_two_parts_of_one_name(self):
        self.parts[FORM_PART.replace("/", "\\")] = self.parts[FORM_PART]
        self.assertRefusedFile("no Excel workbook", self.build())

    def test_the_dates_of_chinese_programs(self):
        """Format 31 is 2023年1月2日 in every Chinese Excel, and in no list of openpyxl."""
        styles = '<xf numFmtId="31" fontId="0" fillId="0" borderId="0"/></cellXfs>'
        changed = self.parts[STYLES].decode()
        count = int(re.search(r'<cellXfs count="(\d+)"', changed)[1])
        sheet = re.sub(r'<c r="G7"[^>]*>.*?</c>', f'<c r="G7" s="{count}"><v>44928</v></c>',
                       self.parts[FORM_PART].decode(), count=1)  # fmt: skip
        self.parts[FORM_PART] = sheet.encode()
        self.answers[0, "remark"] = ("", "2023-01-02")
        self.assertRead(self.change(STYLES, "</cellXfs>", styles))

    def test_strict_open_xml_is_named(self):
        """Excel offers it beside the usual format, and nothing else tells them apart."""
        strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
        usual = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        self.assertRefusedFile("Strict Open XML", self.change(WORKBOOK, usual, strict))

    def test_texts_are_kept_as_on_the_page(self):
        book = self.put(self.download(), 1, explanation="甲_x000B_乙\u2028丙", remark="\u200b")
        self.assertEqual(
            self.shown(self.check(book)), {(1, "explanation"): ("如实说明", "甲\n乙\n丙")}
        )
        self.assertEqual(self.shown(self.check(self.put(self.download(), 1, mark="a\u200b"))),
                         {(1, "mark"): ("B", "A")})  # fmt: skip

    def test_a_text_that_is_too_long_is_named_with_its_cell(self):
        book = self.put(self.download(), 0, explanation="字" * 5001, remark="字" * 501)
        errors = self.errors(book)
        self.assertEqual([error.split(":")[0] for error in errors], [f"{SHEET}!G7", f"{SHEET}!H7"])
        self.assertIn("5001", errors[1])
