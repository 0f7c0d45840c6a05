"""The grid of a closed round, against counts that are made here anew."""

import lxml.html

from odoo.tests import tagged

from ..helpers.common import EXAMPLE
from ..helpers.printing import squeeze
from .calibrating import CODES, CalibrationCase

# Who marks what; 昭化 and 旺苍 are the forms.
MARKS = {
    "second": ("BBBNBCABBBABCNBC", "BBBBBBNBBBBBBBBB"),
    "third": ("ABCNDAABBBNBCCDD", "NDDBBBNAAABBCBBC"),
}


def agree(given, reference):
    """Return (exact, within one grade, all), from letters."""
    exact = near = 0
    for mark, other in zip(given, reference, strict=True):
        exact += mark == other
        both = mark in CODES and other in CODES
        near += mark == other or (both and abs(CODES.index(mark) - CODES.index(other)) == 1)
    return exact, near, len(given)


@tagged("post_install", "-at_install")
class TestGrid(CalibrationCase):
    def setUp(self):
        super().setUp()
        self.calibration = self.open()
        self.references = [EXAMPLE[name][1] for name in ("昭化", "旺苍")]
        for name, forms in MARKS.items():
            for sample, marks in zip(("first", "second"), forms, strict=True):
                self.grade(self.get_sheet(self.calibration, getattr(self, name), sample), marks)
        self.calibration.action_close()
        self.env.invalidate_all()

    def get_tables(self, html):
        return lxml.html.fromstring(html).xpath("//table")

    def get_cells(self, row):
        return [squeeze(cell.text_content()) for cell in row.xpath("./th | ./td")]

    def as_text(self, exact, near, total):
        return [f"{exact}of{total}", f"{near}of{total}"]

    def test_each_mark_stands_beside_the_one_of_last_year(self):
        _both, *forms = self.get_tables(self.as_role("head", self.calibration).grid)
        self.assertEqual(len(forms), 2)
        for number, table in enumerate(forms):
            rows = [self.get_cells(row) for row in table.xpath("./tbody/tr")]
            self.assertEqual(len(rows), 16)
            for place, (_name, reference, *cells, exact, near) in enumerate(rows):
                given = [MARKS[name][number][place] for name in ("second", "third")]
                expected = self.references[number][place]
                letters = [cell.replace("N/A", "N")[0] for cell in cells]
                self.assertEqual(letters, given)
                self.assertEqual(reference.replace("N/A", "N"), expected)
                self.assertEqual([exact, near], self.as_text(*agree(given, expected * len(given))))

    def test_a_gap_is_written_with_its_sign(self):
        _both, first, _second = self.get_tables(self.calibration.grid)
        rows = [self.get_cells(row) for row in first.xpath("./tbody/tr")]
        # third: A for B, B for B, C for B, N for N, D for B, A for C, …, N for A
        self.assertEqual([row[3] for row in rows[:6]], ["A+1", "B", "C−1", "N/A", "D−2", "A+2"])
        self.assertEqual(rows[10][3], "N/A")

    def test_each_person_and_all_together(self):
        both, *forms = self.get_tables(self.calibration.grid)
        reference = "".join(self.references)
        counts = {name: agree("".join(forms), reference) for name, forms in MARKS.items()}
        rows = [self.get_cells(row) for row in both.xpath("./tbody/tr")]
        for row, name in zip(rows, MARKS, strict=False):
            self.assertEqual(row, [squeeze(getattr(self, name).name), *self.as_text(*counts[name])])
        together = [sum(numbers) for numbers in zip(*counts.values(), strict=True)]
        self.assertEqual(rows[2][1:], self.as_text(*together))
        for number, table in enumerate(forms):
            exact, near = (self.get_cells(row) for row in table.xpath("./tfoot/tr"))
            for place, name in enumerate(MARKS):
                count = agree(MARKS[name][number], self.references[number])
                self.assertEqual([exact[1 + place], near[1 + place]], self.as_text(*count))

    def test_who_did_not_hand_in_is_not_in_the_grid(self):
        self.assertNotIn(self.users["head"].name, self.calibration.grid)
        self.assertNotIn(self.users["assessor"].name, self.calibration.grid)

    def test_ones_own_grid_has_nobody_elses_column(self):
        sheet = self.get_sheet(self.calibration, self.second)
        both, form = self.get_tables(sheet.comparison)
        self.assertEqual(self.get_cells(both.xpath("./tbody/tr")[0])[1:], ["16of16", "16of16"])
        self.assertNotIn(self.third.name, sheet.comparison)
        self.assertEqual(len(form.xpath("./tbody/tr[1]/*")), 5)

    def test_it_is_chinese_for_chinese_users(self):
        grid = self.calibration.with_context(lang="zh_CN").grid
        self.assertIn("一致", grid)
        self.assertNotIn("Exact", grid)
        self.assertIn("无此项", grid)

    def test_a_round_without_sheets_says_so(self):
        self.calibration.sudo().sheet_ids.state = "draft"
        self.env.invalidate_all()
        self.assertIn("No sheet was handed in", self.calibration.grid)

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertTrue(self.calibration.grid)
        return self.cr.sql_log_count - before

    def test_the_grid_of_more_people_takes_no_more_queries(self):
        self.count_queries()  # reads the template
        few = self.count_queries()
        self.calibration.sudo().sheet_ids.state = "handed_in"
        self.assertEqual(self.count_queries(), few)
