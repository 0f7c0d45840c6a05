"""Files of many units (section 8): fit for the archive, easy to find a unit in, and small."""

import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import tagged
from odoo.tools.pdf import merge_pdf

from odoo.addons.it_kpi_assessment.printing import binding, printers
from odoo.addons.it_kpi_assessment.reports import ir_actions_report_limits as limits

from ..helpers.printing import ReportCase, draw_signature
from ..helpers.prints.pdfa import find_faults

# Who prints what the division does not read.
PRINTED_BY = {"report_robustness": "leadership"}


@tagged("post_install", "-at_install")
class TestFiles(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forms = cls.cycle.assessment_ids
        cls.forms[0].signature = draw_signature()

    def render(self, report, records):
        role = PRINTED_BY.get(report, "division")
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        content, _kind = reports.with_context(
            force_report_rendering=True, lang="zh_CN"
        )._render_qweb_pdf(f"it_kpi_assessment.{report}", records.ids)
        return content

    def render_in_parts(self, report, records):
        """Print the records on two processes, however few they are."""
        with (
            patch.object(limits, "BATCH_SIZE", 3),
            patch.object(limits, "count_cores", lambda: 2),
            patch.object(limits, "bind", side_effect=binding.bind) as bind,
        ):
            content = self.render(report, records)
        self.assertEqual(len(bind.call_args.args[0]), 2)
        return content

    def get_outline(self, content):
        reader = PdfReader(io.BytesIO(content))
        return [(item.title, reader.get_destination_page_number(item)) for item in reader.outline]

    def test_every_print_is_a_pdf_a(self):
        found = self.env["ir.actions.report"].search([])
        for report in found.filtered(lambda report: report._is_it_kpi()):
            record = self.env[report.model].search([], limit=1)
            if record:
                name = report.report_name.removeprefix("it_kpi_assessment.")
                with self.subTest(report=name):
                    self.assertEqual(find_faults(self.render(name, record)), [])

    def test_the_check_finds_what_is_no_pdf_a(self):
        """Odoo's own merging leaves out the metadata, and a file may be changed afterwards."""
        content = self.render("report_assessment", self.forms[0])
        self.assertTrue(find_faults(merge_pdf([content, content])))
        self.assertTrue(find_faults(content.replace(b"%PDF-1.7", b"%PDF-2.0")))
        self.assertTrue(find_faults(content + b"more"))

    def test_a_file_of_many_units_is_a_pdf_a(self):
        for report in ("report_assessment", "report_self"):
            self.assertEqual(find_faults(self.render_in_parts(report, self.forms)), [])

    def test_a_file_has_a_bookmark_for_every_unit(self):
        names = self.forms.mapped("unit_name")
        for report in ("report_assessment", "report_self"):
            whole = self.get_outline(self.render(report, self.forms))
            parts = self.get_outline(self.render_in_parts(report, self.forms))
            self.assertEqual([name for name, _page in whole], names)
            self.assertEqual(whole, parts)
        pages = PdfReader(io.BytesIO(self.render("report_self", self.forms))).pages
        for name, page in whole:
            self.assertIn(name, pages[page].extract_text().replace("\n", ""))

    def test_a_file_says_what_it_is_and_whose(self):
        for content in (
            self.render("report_assessment", self.forms),
            self.render_in_parts("report_assessment", self.forms),
        ):
            reader = PdfReader(io.BytesIO(content))
            self.assertRegex(reader.metadata.title, "自评表（6份）$")
            self.assertEqual(reader.metadata.author, self.env.company.name)
            self.assertEqual(reader.trailer["/Root"]["/Lang"], "zh-CN")
            self.assertTrue(reader.metadata.creation_date)
        [paper] = [self.render("report_assessment", self.forms[0])]
        title = PdfReader(io.BytesIO(paper)).metadata.title
        self.assertEqual(title, "2099年度信息化绩效考核自评表（利州区交通运输局）")

    def test_fonts_are_in_a_file_once(self):
        """They are most of a form: six forms once took six times as much."""
        one = len(self.render("report_assessment", self.forms[0]))
        self.assertLess(len(self.render("report_assessment", self.forms)), 2 * one)
        self.assertLess(len(self.render_in_parts("report_assessment", self.forms)), 3 * one)

    def test_the_parts_are_as_even_as_the_cores_allow(self):
        """More than ten documents take all cores; up to ten are not worth a second process."""
        for count, most in ((10, 1), (11, 2), (50, 2)):
            with (
                patch.object(limits, "count_cores", lambda: 2),
                patch.object(
                    type(limits.pool), "borrow_several", side_effect=ZeroDivisionError
                ) as borrow,
                self.assertRaises(ZeroDivisionError),
            ):
                self.env.ref("it_kpi_assessment.assessment_report")._print_it_kpi_file(
                    [], count, "x"
                )
            self.assertEqual(borrow.call_args.args[0], most, count)
        self.assertEqual(printers.BATCH_SIZE, 10)
