"""公文 as Word files (section 8): the text of the PDF, in the styles of GB/T 9704-2012."""

import io
import re
import sys
from math import ceil
from unittest.mock import patch

import docx
import lxml.html
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..helpers.printing import ReportCase, draw_signature, squeeze

OFFICIAL = ("publication_report", "rectification_report", "self_report", "result_report")
NUMBER = re.compile("—[0-9]+—")


class WordCase(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        form = cls.cycle.assessment_ids.sudo().filtered(
            lambda form: form.unit_id.short_name == "利州"
        )
        form.write({"signature": draw_signature(), "signed_at": "2099-12-09 17:30:00"})

    def records_of(self, report):
        if report == "result_report":
            return self.publication.result_ids
        return super().records_of(report)

    def render(self, report, records, role="division"):
        """Return content and name of a Word file."""
        action = self.env.ref(f"it_kpi_assessment.{report}")
        return action.with_user(self.users[role])._render_it_kpi_word(records.ids)

    def open(self, report, records):
        content, _name = self.render(report, records)
        return docx.Document(io.BytesIO(content))

    def get_paragraphs(self, file):
        """Return all paragraphs that say something, those of cells too, in their order."""
        found = [Paragraph(element, file) for element in file.element.body.iter(qn("w:p"))]
        return [paragraph for paragraph in found if squeeze(paragraph.text)]


@tagged("post_install", "-at_install")
class TestWordText(WordCase):
    def test_word_and_pdf_say_the_same_paragraph_by_paragraph(self):
        """The PDF has more only where it repeats a head, or names the corners of a chart."""
        for report in OFFICIAL:
            for records in (self.records_of(report)[:1], self.records_of(report)[:2]):
                paragraphs = self.get_paragraphs(self.open(report, records))
                rest = NUMBER.sub("", squeeze("".join(self.print(report, records))))
                more = self.get_repeated(report, records)
                for paragraph in paragraphs:
                    text = squeeze(paragraph.text)
                    before, found, rest = rest.partition(text)
                    self.assertTrue(found, (report, text))
                    self.assertEqual(more.sub("", before), "", (report, text))
                self.assertEqual(more.sub("", rest), "")

    def get_repeated(self, report, records):
        """Return a pattern of what the pages of a PDF say again."""
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"it_kpi_assessment.{report}", records.ids
        )
        root = lxml.html.fromstring(html)
        parts = [*root.iter("thead"), *root.xpath("//*[local-name()='svg']")]
        texts = {squeeze(part.text_content()) for part in parts} - {""}
        longest_first = sorted(texts, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def test_signature_and_charts_are_pictures(self):
        form = self.get_form(self.cycle, "利州")
        for report, records, count in (
            ("self_report", form, 1),
            ("publication_report", self.publication, 3 * 6 - 1),
            ("result_report", self.publication.result_ids[:1], 2),
        ):
            with self.subTest(report=report):
                self.assertGreaterEqual(len(self.open(report, records).inline_shapes), count)

    def test_texts_are_written_and_not_run(self):
        form = self.get_form(self.cycle, "利州").sudo()
        form.line_ids[:1].explanation = "<w:b/> & <img src='file:///etc/passwd'> ]]> {{7*7}}"
        texts = [
            paragraph.text for paragraph in self.get_paragraphs(self.open("self_report", form))
        ]
        self.assertTrue([text for text in texts if form.line_ids[0].explanation in text])


@tagged("post_install", "-at_install")
class TestWordStyle(WordCase):
    def test_pages_hold_22_lines_of_28_characters(self):
        file = self.open("publication_report", self.publication)
        for section in file.sections:
            lengths = (
                *(section.page_width, section.page_height, section.top_margin),
                *(section.bottom_margin, section.left_margin, section.right_margin),
            )
            self.assertEqual([round(length.mm) for length in lengths], [210, 297, 37, 35, 28, 26])
        style = file.styles["公文正文"]
        spacing = style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))
        width = style.font.size.pt + int(spacing) / 20
        self.assertEqual((156 * 72 / 25.4) // width, 28)
        self.assertEqual((225 * 72 / 25.4) // style.paragraph_format.line_spacing.pt, 22)

    def test_levels_have_the_fonts_of_the_standard(self):
        styles = self.open("self_report", self.records_of("self_report")[:1]).styles
        for name, font, size in (
            ("公文标题", "方正小标宋简体", 22),
            ("公文一级标题", "黑体", 16),
            ("公文二级标题", "楷体_GB2312", 16),
            ("公文正文", "仿宋_GB2312", 16),
            ("附件", "黑体", 16),
            ("版记", "仿宋_GB2312", 14),
            ("公文页码", "宋体", 14),
        ):
            fonts = styles[name].element.rPr.rFonts
            self.assertEqual(fonts.get(qn("w:eastAsia")), font)
            self.assertEqual(fonts.get(qn("w:ascii")), "Times New Roman")
            self.assertEqual(styles[name].font.size.pt, size)

    def test_page_numbers_are_outside(self):
        file = self.open("rectification_report", self.orders[:2])
        self.assertTrue(file.settings.odd_and_even_pages_header_footer)
        section = file.sections[0]
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            [paragraph] = footer.paragraphs
            self.assertEqual(
                squeeze("".join(text.text for text in paragraph._p.iter(qn("w:t")))), "—1—"
            )
            self.assertEqual(paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")), side)
            self.assertTrue(paragraph._p.findall(qn("w:fldSimple")))
        for section in file.sections:  # each letter counts from 1
            self.assertEqual(section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")), "1")

    def test_tables_repeat_their_heads_and_cut_no_row(self):
        for report in ("publication_report", "rectification_report", "result_report"):
            for table in self.open(report, self.records_of(report)[:1]).tables:
                rows = table._tbl.tr_lst
                heads = [row for row in rows if row.trPr.find(qn("w:tblHeader")) is not None]
                self.assertTrue(heads)
                self.assertEqual(heads, rows[: len(heads)])
                for row in rows:
                    self.assertIsNotNone(row.trPr.find(qn("w:cantSplit")))
                    widths = [
                        int(cell.tcPr.gridSpan.val if cell.tcPr.gridSpan is not None else 1)
                        for cell in row.tc_lst
                    ]
                    self.assertEqual(sum(widths), len(table.columns))

    def test_name_and_date_stay_with_the_end_of_the_text(self):
        file = self.open("rectification_report", self.orders[:1])
        paragraphs = self.get_paragraphs(file)
        [at] = [n for n, paragraph in enumerate(paragraphs) if paragraph.style.name == "署名"]
        self.assertEqual(paragraphs[at + 1].style.name, "成文日期")
        self.assertTrue(paragraphs[at - 1].paragraph_format.keep_with_next)
        self.assertTrue(paragraphs[at].style.paragraph_format.keep_with_next)

    def test_the_code_is_small_at_the_left_with_its_picture(self):
        """A paragraph set to both edges would spread the few words before a line break."""
        file = self.open("publication_report", self.publication)
        [at] = [row for row in self.get_paragraphs(file) if row.text.strip().startswith("核验码")]
        self.assertEqual(at.style.name, "公文附注")
        [image] = [file.part.related_parts[blip.embed].blob for blip in at._p.xpath(".//a:blip")]
        shown = Image.open(io.BytesIO(image)).getchannel("A").histogram()
        self.assertGreater(shown[255], sum(shown) / 4, "the modules of the QR code are black")

    def test_what_moves_to_the_next_page_together_leaves_no_page_half_empty(self):
        """A program may move a paragraph with all that stays with it: at most a third of a page."""
        for report in OFFICIAL:
            file = self.open(report, self.records_of(report)[:1])
            lines = 0
            for element in file.element.body:
                if element.tag != qn("w:p"):
                    lines = 0
                    continue
                paragraph = Paragraph(element, file)
                stays = self.stays(paragraph)
                # Of the last one, two lines have to stand on the page of the others.
                lines += self.count_lines(paragraph) if stays else 2
                self.assertLessEqual(lines, 22 / 3 + 1, (report, paragraph.text))
                lines = lines if stays else 0

    def count_lines(self, paragraph):
        """Return the lines of a paragraph with the empty ones above it."""
        space = (
            paragraph.paragraph_format.space_before or paragraph.style.paragraph_format.space_before
        )
        first = 2  # characters that the first line is indented by
        return ceil((len(paragraph.text) + first) / 28) + round(space.pt / 28.95)

    def stays(self, paragraph):
        own = paragraph.paragraph_format.keep_with_next
        return paragraph.style.paragraph_format.keep_with_next if own is None else own


@tagged("post_install", "-at_install")
class TestWordDownload(WordCase, HttpCase):
    def test_the_file_downloads_with_a_chinese_name(self):
        self.authenticate("test_division", "test_division")
        url = f"/it_kpi_assessment/word/publication_report/{self.publication.id}"
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(docx.Document(io.BytesIO(response.content)).paragraphs)
        self.assertIn(".docx", response.headers["Content-Disposition"])

    def test_each_print_has_its_word_file_in_the_menu(self):
        for report in OFFICIAL:
            action = self.env.ref(f"it_kpi_assessment.{report}_word")
            printed = self.env.ref(f"it_kpi_assessment.{report}")
            self.assertEqual(action.binding_model_id, printed.binding_model_id)
            self.assertEqual(action.binding_type, "report")
            records = self.records_of(report)[:2]
            answer = action.with_context(active_model=records._name, active_ids=records.ids).run()
            self.assertEqual(
                answer["url"],
                f"/it_kpi_assessment/word/{report}/{','.join(map(str, records.ids))}",
            )

    def test_the_rules_of_the_records_hold(self):
        own, other = self.get_form(self.cycle, "利州"), self.get_form(self.cycle, "昭化")
        self.assertTrue(self.render("self_report", own, role="reporter"))
        for report, records in (
            ("self_report", own | other),
            ("publication_report", self.publication),
        ):
            with self.assertRaises(AccessError):
                self.render(report, records, role="reporter")

    def test_what_cannot_be_written_is_said(self):
        with self.assertRaisesRegex(UserError, "Choose what to print"):
            self.render("self_report", self.env["it.kpi.assessment"])
        with (
            patch.dict("sys.modules", {"docx": None, "docx.enum": None}),
            patch.dict("sys.modules"),
        ):
            for name in [name for name in sys.modules if ".printing.word" in name]:
                del sys.modules[name]
            with self.assertRaisesRegex(UserError, "pip install python-docx"):
                self.render("self_report", self.get_form(self.cycle, "利州"))
