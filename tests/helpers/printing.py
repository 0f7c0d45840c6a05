"""How the tests print: by an engine, as a role, and back into text."""

import base64
import io
import re
import unicodedata

import lxml.html
from PIL import Image, ImageDraw
from pypdf import PdfReader

from .common import BureauCase

ENGINES = ("weasyprint", "wkhtmltopdf")
ENGINE_PARAMETER = "it_kpi_assessment.pdf_engine"
FORMS = ("assessment_report", "survey_report", "blank_assessment_report", "blank_survey_report")
REPORTS = (*FORMS, "rubric_report", "publication_report", "rectification_report")
PAGE_NUMBER = re.compile("第[0-9]+页共[0-9]+页$")
# What wkhtmltopdf writes in place of characters, beside the radicals that NFKC puts right.
MISWRITTEN = str.maketrans("⻓⻔⻘戶", "长门青户")


def squeeze(text):
    """Leave out white space, and let the engines' variants of a character be one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(MISWRITTEN)


def draw_signature():
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 90), (80, 20), (150, 100), (290, 30)], fill="black", width=5)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


class ReportCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)
        cls.publication.with_user(cls.users["division"]).action_draw_up_orders()
        cls.orders = cls.env["it.kpi.rectification"].search([], order="number")

    def records_of(self, report):
        return {
            "it.kpi.rubric": self.rubric | self.cycle.rubric_id,
            "it.kpi.assessment": self.cycle.assessment_ids,
            "it.kpi.survey": self.cycle.survey_ids,
            "it.kpi.publication": self.publication,
            "it.kpi.rectification": self.orders,
        }[self.env.ref(f"it_kpi_assessment.{report}").model]

    def make_pdf(self, report, records, engine="weasyprint", role="division"):
        self.env["ir.config_parameter"].set_param(ENGINE_PARAMETER, engine)
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        content, kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            f"it_kpi_assessment.{report}", records.ids
        )
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    def print(self, *args, **kwargs):
        """Return the text of every page, without its number."""
        pages = self.make_pdf(*args, **kwargs).pages
        return [PAGE_NUMBER.sub("", squeeze(page.extract_text())) for page in pages]

    def read_rows(self, report, record):
        """Return the cells of every row as texts, each merged cell in its first row."""
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"it_kpi_assessment.{report}", record.ids
        )
        rows = lxml.html.fromstring(html).xpath("//table[contains(@class, 'grid')]//tr")
        return [[squeeze(cell.text_content()) for cell in row] for row in rows]

    def assertPrinted(self, text, pages):
        self.assertIn(squeeze(text), "".join(pages))

    def assertNotPrinted(self, text, pages):
        self.assertNotIn(squeeze(text), "".join(pages))
