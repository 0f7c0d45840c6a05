"""公文 keep GB/T 9704-2012 (section 8): measured on their pages, in millimetres."""

import io
import re
from datetime import date
from itertools import pairwise
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.reports.official import issued_width

from ..helpers.printing import POINT, ReportCase, read_fonts, read_lines, squeeze

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # the edges of 156 × 225 mm
CHARACTER, LINE = 156 / 28, 225 / 22
NUMBER = re.compile("—([0-9]+)—")
OFFICIAL = ("publication_report", "rectification_report", "self_report", "result_report")
SEAL = 42


@tagged("post_install", "-at_install")
class TestOfficialPaper(ReportCase):
    def make(self, report, records):
        """Return the bytes of a print."""
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        return reports._render_qweb_pdf(f"it_kpi_assessment.{report}", records.ids)[0]

    def records_of(self, report):
        if report == "result_report":
            return self.publication.result_ids
        return super().records_of(report)

    def make_one(self, report):
        return self.make(report, self.records_of(report)[:1])

    def split(self, lines):
        """Return the lines within the text, and those of the page number."""
        body = [line for line in lines if line.top < BOTTOM]
        return body, [line for line in lines if line.top >= BOTTOM]

    def long_report(self):
        """Return 自评报告 with an explanation of hanzi that fills several pages."""
        form = self.get_form(self.cycle, "利州").sudo()
        form.line_ids[0].explanation = "现场核实台账与系统记录一致" * 100
        return self.make("self_report", form)

    def test_text_stays_within_its_156_by_225_millimetres(self):
        for report in OFFICIAL:
            for lines in read_lines(self.make_one(report)):
                body, _number = self.split(lines)
                for line in body:
                    self.assertGreater(line.left, LEFT - 0.3, (report, line))
                    self.assertLess(line.right, RIGHT + 0.3, (report, line))
                    self.assertGreater(line.top, TOP - 0.5, (report, line))
                    self.assertLess(line.bottom, BOTTOM + 0.5, (report, line))

    def test_a_full_page_has_22_lines_of_28_characters(self):
        page = read_lines(self.long_report())[1]
        body, _number = self.split(page)
        self.assertEqual(len(body), 22)
        for line in body[:20]:
            self.assertEqual(len(line.text), 28)
            self.assertAlmostEqual(line.left, LEFT, delta=0.6)
            self.assertAlmostEqual(line.right, RIGHT, delta=0.6)
        self.assertAlmostEqual(body[-1].top - body[0].top, 21 * LINE, delta=0.5)
        self.assertAlmostEqual(body[0].top - TOP, BOTTOM - body[-1].bottom, delta=3)

    def test_pages_are_numbered_outside_below_the_text(self):
        """— 1 — one character from the edge, right on odd and left on even pages, in 四号."""
        pages = read_lines(self.long_report())
        self.assertGreater(len(pages), 3)
        for count, lines in enumerate(pages, 1):
            _body, [number] = self.split(lines)
            self.assertEqual(number.text, f"—{count}—")
            edge = RIGHT - number.right if count % 2 else number.left - LEFT
            self.assertAlmostEqual(edge, 14 * 25.4 / 72, delta=0.5)
            dash = (number.top + number.bottom) / 2
            self.assertAlmostEqual(dash - BOTTOM, 7, delta=0.5)

    def test_each_level_has_its_font(self):
        """小标宋 or a Song, 黑体, 楷体 and 仿宋; letters and digits of a Latin face in the text."""
        page = PdfReader(io.BytesIO(self.make_one("self_report"))).pages[0]
        fonts = read_fonts(page)
        for text, names in (
            ("年度信息化绩效考核自评报告", ("XiaoBiaoSong", "STZhongsong", "Serif-CJK")),
            ("一、组织管理（", ("SimHei", "Sans-CJK", "Hei")),
            ("（一）领导重视程度（", ("Kai",)),
            ("自评等次：", ("Fang",)),
            ("2099", ("Times", "LiberationSerif", "Liberation-Serif")),
        ):
            used = {font for printed, font in fonts if printed in text or text in printed}
            self.assertTrue(used, (text, fonts[:20]))
            for font in used:
                self.assertTrue(any(name in font for name in names), (text, font))

    def test_chinese_punctuation_keeps_its_width_beside_latin_digits(self):
        fonts = read_fonts(PdfReader(io.BytesIO(self.make_one("publication_report"))).pages[0])
        for text, font in fonts:
            is_number = NUMBER.search(text.replace(" ", ""))
            if ("Times" in font or "Liberation" in font) and not is_number:
                self.assertTrue(text.isascii(), text)

    def test_name_and_date_stand_for_a_seal_or_without_one(self):
        for sealed in (True, False):
            with patch.object(
                type(self.publication), "_propose_document", autospec=True
            ) as propose:
                propose.side_effect = lambda record, sealed=sealed: {
                    "issued_on": date(2099, 1, 13),
                    "addressee": "各单位",
                    "is_sealed": sealed,
                }
                pages = read_lines(self.make("publication_report", self.publication))
            body = next(
                page for page in pages if any(row.text.startswith("附件：") for row in page)
            )
            above, name, day = [line for line in body if line.top < BOTTOM][-3:]
            self.assertEqual(name.text, squeeze(self.publication.company_id.name))
            if sealed:
                self.check_sealed(above, name, day)
            else:
                self.assertAlmostEqual(day.left - name.left, 2 * CHARACTER, delta=0.8)
                self.assertAlmostEqual(name.top - above.top, 2 * LINE, delta=0.8)

    def check_sealed(self, above, name, day):
        middle = (day.left + day.right) / 2
        self.assertAlmostEqual((name.left + name.right) / 2, middle, delta=0.8)
        # The seal covers both lines, and begins less than a line below the text.
        top = name.bottom - SEAL / 2
        self.assertGreater(top, above.bottom - 1)
        self.assertLess(top - above.bottom, LINE)
        self.assertLess(day.bottom, name.bottom + SEAL / 2)

    def test_the_date_ends_four_characters_from_the_edge(self):
        pages = read_lines(self.make("publication_report", self.publication))
        [day] = [
            line
            for page in pages
            for line in page
            if re.fullmatch("[0-9]+年[0-9]+月[0-9]+日", line.text)
        ]
        self.assertAlmostEqual(RIGHT - day.right, 4 * CHARACTER, delta=1)

    def test_name_and_date_are_never_without_text_of_the_body(self):
        """However long the text is: they take its last lines along."""
        demand = "对照《信息化绩效考核评价细则》逐项整改。"
        order = self.orders[0]
        for count in range(8, 32, 3):
            order.demand = "\n".join([demand] * count)
            with self.subTest(lines=count):
                pages = read_lines(self.make("rectification_report", order))
                self.check_not_alone(pages, squeeze(order.company_id.name))

    def check_not_alone(self, pages, name):
        [page] = [page for page in pages if any(line.text == name for line in page[1:])][-1:]
        body, _number = self.split(page)
        at = [number for number, line in enumerate(body) if line.text == name][-1]
        self.assertGreaterEqual(at, 1)
        self.assertGreater(body[at].top - TOP, 2 * LINE)

    def test_no_page_is_more_than_a_third_empty_before_the_next(self):
        """An annex begins a page of its own; nothing else leaves the end of a page empty."""
        for report in OFFICIAL:
            for record in self.records_of(report):
                pages = read_lines(self.make(report, record))
                for number, (page, following) in enumerate(pairwise(pages), 1):
                    if following[0].text == "附件":
                        continue
                    body, _number = self.split(page)
                    end = max(line.bottom for line in body)
                    with self.subTest(report=report, record=record.display_name, page=number):
                        self.assertGreater(end, BOTTOM - (BOTTOM - TOP) / 3)

    def test_a_letter_of_a_few_lines_too_many_is_set_closer(self):
        """GB/T 9704-2012, 7.3.5.5: lines and characters move closer, and no more than need be."""
        text, order, found = "对照《信息化绩效考核评价细则》逐项整改。", self.orders[0].sudo(), []
        for count in range(2, 16):
            order.report = "\n".join([text] * count)
            pages = read_lines(self.make("rectification_result_report", order))
            first, second = [line for line in pages[0] if line.text == squeeze(text)][:2]
            found.append((len(pages), round((second.top - first.top) / POINT)))
        steps = {(1, 29): 0, (1, 28): 1, (1, 27): 2, (2, 29): 3}  # pages, points from line to line
        self.assertEqual(set(found), steps.keys())
        self.assertEqual(found, sorted(found, key=steps.get), "the longer, the closer")

    def test_the_annex_is_labelled_and_named_as_in_the_text(self):
        pages = read_lines(self.make("publication_report", self.publication))
        [named] = [line.text for page in pages for line in page if line.text.startswith("附件：")]
        annex = next(page for page in pages if page[0].text == "附件")
        self.assertEqual(named, f"附件：{annex[1].text}")
        self.assertAlmostEqual(annex[1].top - annex[0].top, 2 * LINE, delta=2)
        self.assertAlmostEqual(annex[0].left, LEFT, delta=0.6)

    def test_a_table_begins_with_three_rows(self):
        """However much text stands above it."""
        line = "因申诉成立更正，"
        for count in range(0, 16, 3):
            self.env.cr.execute(
                "UPDATE it_kpi_publication SET revision = 2, reason = %s WHERE id = %s",
                [line * (4 * count + 1), self.publication.id],
            )
            self.env.invalidate_all()
            pages = read_lines(self.make("publication_report", self.publication))
            with self.subTest(text=count):
                head = next(page for page in pages if any(row.text == "单位" for row in page))
                rows = [
                    row for row in head if re.fullmatch(".*交通运输局", row.text) and row.left > 35
                ]
                self.assertGreaterEqual(len(rows), 3)

    def test_a_long_name_keeps_within_the_text(self):
        name = "广元市交通运输综合行政执法支队昭化大队信息化领导小组办公室"
        self.assertLessEqual(issued_width(name, "2099年1月3日", True), 442.2)
