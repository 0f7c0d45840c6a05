"""Pages, engines and download of the prints (section 5)."""

import json
import re
from unittest.mock import patch
from urllib.parse import quote, unquote

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.it_kpi_assessment.printing import pdf

from ..helpers.printing import FORMS, REPORTS, ReportCase, squeeze
from ..helpers.queries import count_queries

RADICALS = re.compile("[\u2e80-\u2fdf]")
ACTION_MODULE = "odoo.addons.it_kpi_assessment.reports.ir_actions_report"
LONG_REMARK = "现场核实台账与系统记录一致，" * 14 + "特此说明"


@tagged("post_install", "-at_install")
class TestPages(ReportCase):
    def test_every_report_prints_one_and_several_records(self):
        for report in REPORTS:
            with self.subTest(report=report):
                records = self.records_of(report)
                one = self.print(report, records[:1])
                self.assertEqual(len(self.print(report, records)), len(one) * len(records))

    def test_every_form_fits_on_one_page(self):
        for report in FORMS:
            with self.subTest(report=report):
                records = self.records_of(report)
                self.assertEqual(len(self.print(report, records)), len(records))

    def test_pages_are_numbered_per_record(self):
        for report, numbers in (
            ("assessment_report", ["第1页共1页"]),
            ("rubric_report", ["第1页共2页", "第2页共2页"]),
        ):
            records = self.records_of(report)
            pages = self.make_pdf(report, records).pages
            ends = [squeeze(page.extract_text())[-6:] for page in pages]
            self.assertEqual(ends, numbers * len(records))

    def test_paper_is_a4_and_the_rubric_lies_across_it(self):
        for report in REPORTS:
            [_left, _bottom, width, height] = (
                self.make_pdf(report, self.records_of(report)[:1]).pages[0].mediabox
            )
            across = width > height
            self.assertEqual(across, report == "rubric_report")
            self.assertEqual(sorted([round(width), round(height)]), [595, 842])

    def test_text_layer_has_characters_and_not_radicals(self):
        for report in REPORTS:
            for page in self.make_pdf(report, self.records_of(report)[:1]).pages:
                self.assertFalse(RADICALS.search(page.extract_text()))

    def test_long_remarks_cut_no_row_and_leave_no_signature_alone(self):
        self.assertEqual(len(LONG_REMARK), 200)
        form = self.cycle.assessment_ids[:1]
        for count in (1, 16):
            form.line_ids[:count].remark = LONG_REMARK
            with self.subTest(count=count):
                pages = self.print("assessment_report", form)
                remarks = [page.count(squeeze(LONG_REMARK)) for page in pages]
                self.assertEqual(sum(remarks), count)
                last = pages[-1]
                for text in ("特色发展", "最终得分", "领导签字"):
                    self.assertIn(text, last)

    def test_query_count_does_not_grow_with_the_lines(self):
        form, wide = self.get_form(self.cycle, "利州"), self.get_form(self.cycle, "昭化")
        self.env["it.kpi.assessment.line"].browse(form.line_ids[1:].ids).unlink()
        self._count_queries(wide)  # compiles the templates
        counts = [self._count_queries(record) for record in (form, wide)]
        self.assertEqual(*counts)

    def _count_queries(self, records):
        render = self.env["ir.actions.report"]._render_qweb_html
        name = "it_kpi_assessment.report_assessment"
        return count_queries(self.env, lambda: render(name, records.ids))


@tagged("post_install", "-at_install")
class TestEngine(ReportCase):
    def test_a_missing_engine_is_named_with_what_to_install(self):
        with (
            patch(f"{ACTION_MODULE}.load_weasyprint", lambda: None),
            self.assertRaisesRegex(UserError, "pip install weasyprint"),
        ):
            self.make_pdf("assessment_report", self.cycle.assessment_ids[:1])

    def test_a_weasyprint_that_is_too_old_is_told_in_the_log_and_not_used(self):
        import weasyprint

        load = pdf.load_weasyprint.__wrapped__
        for version, is_used in (("57.2", False), ("62.3", False), ("63.0", True), ("70.0", True)):
            with (
                self.subTest(version=version),
                patch.object(weasyprint, "__version__", version),
                patch.object(pdf._logger, "warning") as told,
            ):
                self.assertEqual(bool(load()), is_used)
                self.assertEqual(told.called, not is_used)

    def test_nothing_is_fetched(self):
        fetch = pdf._get_data_fetcher()
        for url in ("file:///etc/passwd", "http://127.0.0.1/", "ftp://127.0.0.1/"):
            with self.assertRaises(ValueError):
                fetch(url)

    def test_prints_of_other_addons_keep_their_engine(self):
        report = self.env["ir.actions.report"].create(
            {"name": "x", "model": "res.users", "report_name": "base.x"}
        )
        with (
            patch.object(type(report), "get_wkhtmltopdf_state", lambda self: "install"),
            self.assertRaisesRegex(UserError, "Unable to find Wkhtmltopdf"),
        ):
            report._render_qweb_pdf_prepare_streams(report, {}, self.env.user.ids)

    def test_nothing_to_print_is_said(self):
        with self.assertRaisesRegex(UserError, "Choose what to print"):
            self.make_pdf("assessment_report", self.env["it.kpi.assessment"])

    def test_prints_obey_the_record_rules(self):
        own, other = self.get_form(self.cycle, "利州"), self.get_form(self.cycle, "昭化")
        self.assertTrue(self.print("assessment_report", own, role="reporter"))
        with self.assertRaises(AccessError):
            self.print("assessment_report", own | other, role="reporter")


@tagged("post_install", "-at_install")
class TestDownload(ReportCase, HttpCase):
    def test_the_print_menu_downloads_a_pdf_with_a_chinese_name(self):
        form = self.get_form(self.cycle, "利州")
        self.authenticate("test_division", "test_division")
        url = f"/report/pdf/it_kpi_assessment.report_assessment/{form.id}"
        data = quote(json.dumps([url, "qweb-pdf"]))
        context = quote(json.dumps({"force_report_rendering": True}))
        response = self.url_open(f"/report/download?data={data}&context={context}")
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertIn(
            "2099年度信息化绩效考核自评表（利州区交通运输局）.pdf",
            unquote(response.headers["Content-Disposition"]),
        )

    def test_the_web_client_does_not_ask_for_wkhtmltopdf(self):
        script = """
            const asked = [];
            const open = XMLHttpRequest.prototype.open;
            XMLHttpRequest.prototype.open = function (method, url) {
                asked.push(url);
                return open.apply(this, arguments);
            };
            odoo.__WOWL_DEBUG__.root.env.services.action
                .doAction("it_kpi_assessment.rubric_report", {
                    additionalContext: { active_ids: [RUBRIC] },
                })
                .then(() => {
                    const reports = asked.filter((url) => url.startsWith("/report/")).join();
                    const right = reports === "/report/download";
                    console.log(right ? "test successful" : `asked for ${reports}`);
                });
        """
        self.browser_js(
            "/odoo",
            script.replace("RUBRIC", str(self.rubric.id)),
            ready="odoo.__WOWL_DEBUG__ && document.querySelector('.o_main_navbar') !== null",
            login="test_division",
        )
