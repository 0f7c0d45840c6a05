"""How the tests print: as a role, and back into text and where it stands."""

import base64
import io
import re
import subprocess
import unicodedata
from contextlib import nullcontext
from typing import NamedTuple

import lxml.etree
import lxml.html
from PIL import Image, ImageDraw
from pypdf import PdfReader

from odoo.addons.it_kpi_assessment.printing.printers import Printed

from .common import BureauCase

FORMS = ("assessment_report", "survey_report", "blank_assessment_report", "blank_survey_report")
REPORTS = (*FORMS, "rubric_report", "publication_report", "rectification_report")
PAGE_NUMBER = re.compile("第[0-9]+页共[0-9]+页$|—[0-9]+—$")  # of a form, of 公文
POINT = 25.4 / 72  # in millimetres


class Copier:
    """A printer that is fast and always prints the same."""

    def __init__(self, content):
        self.content = content

    def print(self, _documents, _count, _title):
        return [Printed(self.content)]


def print_papers(env, content=None):
    """Print and keep the signed versions that wait, as the scheduled action does.

    :param bytes content: what each of them becomes, in place of a PDF that is laid out
    """
    jobs = env["it.kpi.job"].search([("kind", "=", "paper"), ("state", "=", "waiting")], order="id")
    reports = env["ir.actions.report"]
    printing = nullcontext(Copier(content)) if content else reports._get_it_kpi_printers()
    with printing as printers:
        for job in jobs:
            job._run_paper(printers)


def squeeze(text):
    """Leave out white space, and let the variants of a character be one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def draw_signature():
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 90), (80, 20), (150, 100), (290, 30)], fill="black", width=5)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


class Line(NamedTuple):
    """A line of text: what it says, and its edges in mm from the left and the top of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def read_lines(content):
    """Return for each page of a PDF (bytes) its lines of text, from the top to the bottom."""
    command = ["pdftotext", "-bbox-layout", "-", "-"]
    xml = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    root = lxml.etree.fromstring(xml, lxml.etree.XMLParser(recover=True))
    return [
        sorted(map(_read_line, page.iter("{*}line")), key=lambda line: (line.top, line.left))
        for page in root.iter("{*}page")
    ]


def _read_line(element):
    words = list(element.iter("{*}word"))
    edges = (min, "xMin"), (max, "xMax"), (min, "yMin"), (max, "yMax")
    return Line(
        re.sub(r"\s", "", "".join(word.text or "" for word in words)),
        *(choose(float(word.get(name)) for word in words) * POINT for choose, name in edges),
    )


def read_fonts(page):
    """Return pairs of a text and the name of its font, in the order of a page of pypdf."""
    found = []

    def visit(text, _current, _matrix, font, _size):
        if text.strip() and font:
            found.append((text.strip(), font["/BaseFont"].partition("+")[2]))

    page.extract_text(visitor_text=visit)
    return found


class ReportCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)
        cls.publication.with_user(cls.users["division"]).action_draw_up_orders()
        # However busy the machine is; test_limits.py has the limits of its own.
        cls.env["ir.config_parameter"].set_param("it_kpi_assessment.print_seconds", "600")
        cls.orders = cls.env["it.kpi.rectification"].search([], order="number")

    def records_of(self, report):
        return {
            "it.kpi.rubric": self.rubric | self.cycle.rubric_id,
            "it.kpi.assessment": self.cycle.assessment_ids,
            "it.kpi.survey": self.cycle.survey_ids,
            "it.kpi.publication": self.publication,
            "it.kpi.rectification": self.orders,
        }[self.env.ref(f"it_kpi_assessment.{report}").model]

    def make_pdf(self, report, records, role="division"):
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
