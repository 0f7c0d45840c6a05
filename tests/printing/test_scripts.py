"""What is written beside hanzi has glyphs on paper: Yi, Tibetan and emoji."""

from odoo.tests import tagged

from ..helpers.printing import REPORTS, ReportCase

LOGGER = "odoo.addons.it_kpi_assessment.reports.ir_actions_report_limits"
# The free 仿宋 has characters of Yi, too.
FONTS = {"ꆈꌠꁱꂷ": ("Yi", "FandolFang"), "བོད་ཡིག": ("Tibetan",), "👍✅": ("Emoji",)}


@tagged("post_install", "-at_install")
class TestScripts(ReportCase):
    def test_each_script_has_a_font(self):
        form = self.get_form(self.cycle, "昭化").sudo()
        form.line_ids[0].write({"explanation": "说明" + "，".join(FONTS), "remark": "".join(FONTS)})
        for report in ("assessment_report", "self_report"):
            with self.assertNoLogs(LOGGER, "WARNING"):
                pdf = self.make_pdf(report, form)
            fonts = self.get_fonts(pdf)
            for text, names in FONTS.items():
                found = [font for font in fonts if any(name in font for name in names)]
                self.assertTrue(found, (text, fonts))

    def test_digits_and_hanzi_take_no_font_of_another_script(self):
        """The font of emoji has wide digits of its own, and would stretch the tables."""
        for report in REPORTS:
            with self.subTest(report=report):
                fonts = self.get_fonts(self.make_pdf(report, self.records_of(report)[:1]))
                self.assertTrue(fonts)
                for name, *_others in FONTS.values():
                    self.assertFalse([font for font in fonts if name in font])

    def get_fonts(self, pdf):
        return {
            font.get_object()["/BaseFont"]
            for page in pdf.pages
            for font in page["/Resources"]["/Font"].values()
        }

    def test_a_soft_line_break_prints_as_a_line_break(self):
        form = self.get_form(self.cycle, "昭化").sudo()
        form.line_ids[0].write({"explanation": "第一行\v第二行\u2028第三行", "remark": "甲\f乙"})
        self.assertEqual(form.line_ids[0].explanation, "第一行\n第二行\n第三行")
        for report in ("assessment_report", "self_report"):
            with self.assertNoLogs(LOGGER, "WARNING"):
                self.assertPrinted("甲乙", self.print(report, form))
