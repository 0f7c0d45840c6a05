"""How totals and finals come about is in the cells, and what is printed can be read (section 6)."""

import re
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.workbook import layout

from ..helpers.common import EXAMPLE, BureauCase

TABLES = ("排名", "得分明细", "对比", "差距")
# Kinds of formulas: a cell of the other sheet, the mean of two totals, a sum, a sum that is scaled,
# and the mean of an indicator.
REFERENCE = re.compile(r"='?(\w+)'?!([A-Z]+[0-9]+)")
HALF = re.compile(r"=ROUND\(\(([A-Z0-9]+)\+([A-Z0-9]+)\)/2,2\)")
SUM = re.compile(r"=ROUND\(SUM\(([A-Z0-9:]+)\),2\)")
SCALED = re.compile(
    r"=ROUND\(SUM\(([A-Z0-9:]+)\)\*([0-9.]+)/SUMPRODUCT\(ISNUMBER\(\1\)\*([$A-Z0-9:]+)\),2\)"
)
MEAN = re.compile(
    r'=ROUND\(SUMPRODUCT\(\(数据_考核方式="(\w+)"\)\*\(数据_指标编号="([^"]+)"\)\*'
    r'\(\(数据_来源="等次"\)\+\(数据_来源="计零"\)\),数据_得分\)/SUMPRODUCT\(.+\),2\)'
)


def half_up(value):
    return float(Decimal(value).quantize(Decimal("0.01"), "ROUND_HALF_UP"))


def exact(value):
    return Decimal(str(value))


@tagged("post_install", "-at_install")
class TestFormulas(BureauCase):
    """With an indicator that nobody has, a leak, a veto and a form that was not filed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        marks = {name: (own and "N" + own[1:], visit) for name, (own, visit) in EXAMPLE.items()}
        cls.file_forms(cls.cycle, marks)
        cls.record_incident("旺苍", "network_security")
        cls.record_incident("青川", "leak")
        cls.publication = cls.publish(cls.cycle)
        content = cls.publication.with_user(cls.users["division"])._workbook()
        cls.formulas = load_workbook(BytesIO(content))
        cls.values = load_workbook(BytesIO(content), data_only=True)

    def calculate(self, sheet, text):
        """Return what a formula comes to, from the stored values of the cells that it names."""
        values = self.values[sheet]
        if match := REFERENCE.fullmatch(text):
            return self.values[match[1]][match[2]].value
        if match := HALF.fullmatch(text):
            return half_up(sum(exact(values[cell].value) for cell in match.groups()) / 2)
        if match := SUM.fullmatch(text):
            return half_up(sum(self.read(sheet, match[1]).values()))
        if match := SCALED.fullmatch(text):
            points = self.read(sheet, match[1])
            full = self.read(sheet, match[3].replace("$", ""))
            rest = sum(full[column] for column in points)
            return half_up(sum(points.values()) * exact(match[2]) / rest)
        match = MEAN.fullmatch(text)
        self.assertTrue(match, text)
        return self.average(*match.groups())

    def read(self, sheet, area):
        """Return the numbers of a row by their column."""
        first, row, last, _row = range_boundaries(area)
        cells = self.values[sheet].iter_cols(first, last, row, row)
        return {
            cell.column: exact(cell.value) for [cell] in cells if not isinstance(cell.value, str)
        }

    def average(self, label, code):
        heads, *rows = self.values["数据"].iter_rows(values_only=True)
        found = [dict(zip(heads, row, strict=True)) for row in rows]
        points = [
            exact(row["得分"])
            for row in found
            if (row["考核方式"], row["指标编号"]) == (label, code)
            and row["来源"] in ("等次", "计零")
        ]
        return half_up(sum(points) / len(points))

    def test_every_formula_comes_to_its_stored_value(self):
        kinds = set()
        for name in TABLES:
            for row in self.formulas[name]:
                for cell in row:
                    if cell.data_type == "f":
                        kinds.add(re.sub(r"[0-9A-Z$:.]+", "", cell.value))
                        with self.subTest(sheet=name, cell=cell.coordinate, formula=cell.value):
                            stored = self.values[name][cell.coordinate].value
                            self.assertIsNotNone(stored)
                            self.assertEqual(self.calculate(name, cell.value), stored)
        self.assertGreaterEqual(len(kinds), 4, kinds)

    def test_all_totals_and_finals_are_formulas(self):
        """But a final that a veto made 0, and the total of a form that was not filed."""
        sheet = self.formulas["排名"]
        vetoed = self.publication.result_ids.filtered("vetoed").unit_name
        for row in sheet.iter_rows(4, 3 + len(self.publication.result_ids)):
            kinds = "".join(cell.data_type for cell in row[3:7])
            self.assertEqual(kinds, "ffnf" if row[1].value == vetoed else "ffff")

    def test_cells_are_locked_without_a_password(self):
        for sheet in self.formulas.worksheets:
            if sheet.title not in ("数据", "参数"):
                self.assertTrue(sheet.protection.sheet)
                self.assertFalse(sheet.protection.password)
                self.assertFalse(sheet.protection.autoFilter, "filters can be used")

    def test_columns_have_names(self):
        names = {name: each.attr_text for name, each in self.formulas.defined_names.items()}
        self.assertEqual(names["排名_最终得分"], "排名!$F$4:$F$9")
        self.assertIn("数据_得分", names)
        areas = [text.replace("'", "").partition("!") for text in names.values()]
        for sheet, _mark, area in areas:
            first, top, _last, _bottom = range_boundaries(area.replace("$", ""))
            self.assertNotIn(self.values[sheet].cell(top - 1, first).value, (None, ""))

    def test_who_answers_for_the_tables_signs_below(self):
        for name in ("排名", "得分明细"):
            texts = [row[0] for row in self.values[name].iter_rows(values_only=True)]
            self.assertRegex(texts[-1], "^审定人：.*制表人：.*日期：.*年.*月.*日$")

    def test_incidents_are_told_in_words(self):
        remarks = {row[1]: row[8] for row in self.values["排名"].iter_rows(values_only=True)}
        texts = {self.get_unit(name).name: text for name, text in (
            ("旺苍", "年内有网络安全事件，最终得分为0"),
            ("青川", "年内有失泄密事件，“保密工作情况”得分为0"),
            ("剑阁", "未报自评表"),
        )}  # fmt: skip
        for name, text in texts.items():
            self.assertIn(text, remarks[name])

    def test_what_every_page_repeats_holds_no_picture(self):
        for sheet in self.formulas.worksheets:
            self.assertFalse(sheet._charts and sheet.print_title_rows, sheet.title)


class TestPaper(BaseCase):
    """Text of 11 points is printed with 9 at least: A4 where that is enough, or else A3."""

    def choose(self, widths):
        book = layout.Book(BytesIO(), {"in_memory": True})
        sheet = layout.Sheet(book, "x", widths)
        page = sheet.page
        return page.paper_size, page.orientation, page.fit_width

    def test_the_smallest_paper_that_is_readable_is_taken(self):
        across, upright = 0, 1
        for widths, paper in (
            ([6, 24, 9, 9, 9, 9, 9, 6, 26], (layout.A4, upright, 1)),
            ([20, 110], (layout.A4, across, 1)),
            ([7, 24, 14, *[9] * 18], (layout.A3, across, 1)),
            ([7, 40, 14, *[9] * 19], (layout.A3, across, 1)),
            ([7, 40, 14, *[9] * 40], (layout.A3, across, 2)),
        ):
            with self.subTest(widths):
                self.assertEqual(self.choose(widths), paper)

    def test_nothing_is_printed_with_less_than_nine_points(self):
        """Whatever the widths, the scale that fits the pages keeps it."""
        for count in range(1, 80):
            paper, upright, pages = self.choose([9] * count)
            edge = {layout.A4: 210 if upright else 297, layout.A3: 420}[paper]
            width = sum(int(9 * 7 + 5) for _column in range(count)) * 25.4 / 96
            room = pages * (edge - 2 * 25.4 * 0.4)
            self.assertGreaterEqual(11 * min(room / width, 1), 9)
        smallest = min(style["font_size"] for style in layout.STYLES.values())
        self.assertGreaterEqual(smallest, 11)
