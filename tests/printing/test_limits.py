"""One person's print stops nobody: limits of time and memory, and a place for everybody else."""

import os
import threading
import time
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.printing import process as process_module
from odoo.addons.it_kpi_assessment.printing.errors import (
    Busy,
    LimitReached,
    NotPrinted,
    PrintingError,
)
from odoo.addons.it_kpi_assessment.printing.pool import Pool, pool
from odoo.addons.it_kpi_assessment.printing.process import Process
from odoo.addons.it_kpi_assessment.reports import ir_actions_report as reports
from odoo.addons.it_kpi_assessment.reports import ir_actions_report_limits as limits

from ..helpers.printing import ReportCase

SHORT = "<html lang='zh-CN'><title>短</title><body>考核结果</body></html>"
LONG = SHORT.replace("考核结果", "制度健全，按计划落实。" * 40_000)
LARGE = SHORT.replace("考核结果", " " * 80 * 1024**2)
AGES = 3600


@tagged("post_install", "-at_install")
class TestProcess(BaseCase):
    def setUp(self):
        super().setUp()
        self.process = Process()
        self.addCleanup(self.process.close)

    def test_a_print_that_takes_too_long_is_ended_by_the_kernel(self):
        self.assertTrue(self.process.print([SHORT], AGES)[0].startswith(b"%PDF"))
        start = time.monotonic()
        with self.assertRaises(LimitReached):
            self.process.print([LONG], 0.5)
        self.assertLess(time.monotonic() - start, 10)
        self.assertFalse(self.process.is_alive())
        with self.assertRaises(LimitReached):
            self.process.print([SHORT], 0)

    def test_a_print_that_takes_too_much_memory_is_ended(self):
        with patch.object(process_module, "MEMORY_MB", 300):
            small = Process()
        self.addCleanup(small.close)
        self.assertTrue(small.print([SHORT], AGES)[0])
        with self.assertRaises(LimitReached):
            small.print([LARGE], AGES)
        small.process.wait(60)

    def test_what_cannot_be_printed_does_not_end_the_process(self):
        with self.assertRaisesRegex(PrintingError, "Error"):
            self.process.print([None], AGES)
        self.assertTrue(self.process.print([SHORT], AGES)[0])

    def test_a_process_ends_when_it_has_nothing_to_do(self):
        idle = Process(idle=1)
        self.addCleanup(idle.close)
        self.assertEqual(idle.process.wait(60), 0)
        with self.assertRaises(PrintingError):
            idle.print([SHORT], AGES)

    def test_a_short_print_does_not_wait_for_a_long_one(self):
        """They once waited for one lock."""
        places = Pool(2)
        ended, working = [], threading.Event()

        def print_long():
            with places.take_place(0), places.borrow() as long:
                processes.append(long)
                working.set()
                try:
                    long.print([LONG], AGES)
                except PrintingError:
                    ended.append("long")

        processes = []
        thread = threading.Thread(target=print_long)
        thread.start()
        working.wait()
        with places.take_place(0), places.borrow() as short:
            self.assertTrue(short.print([SHORT], AGES)[0])
            with self.assertRaises(Busy), places.take_place(0.1):
                pass
        self.assertFalse(ended, "the long print still works")
        processes[0].process.kill()
        thread.join()
        self.assertEqual(ended, ["long"])
        [kept] = places.idle
        self.addCleanup(kept.close)
        with places.take_place(0), places.borrow() as again:
            self.assertIs(again, kept, "it is used again")
        kept.process.kill()
        kept.process.wait()
        with places.borrow() as new:
            self.assertIsNot(new, kept, "one that has ended is replaced")
        new.close()

    def test_a_fork_has_a_pool_of_its_own(self):
        """Workers of Odoo are forks; a pipe that two of them use would mix up their prints."""
        with pool.take_place(0):
            pool.idle.append(self.process)
            child = os.fork()
            if not child:
                free = all(pool.places.acquire(blocking=False) for _place in range(4))
                os._exit(0 if free and not pool.idle else 1)
            pool.idle.remove(self.process)
        self.assertEqual(os.waitpid(child, 0)[1], 0)


@tagged("post_install", "-at_install")
class TestLimits(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        person = cls.new_user("reporter", "test_new_person")
        account = {"user_id": person.id, "company_id": cls.env.company.id}
        cls.env["it.kpi.account"].create(account)._prepare_links()
        cls.env["it.kpi.objection"].create({"result_id": cls.publication.result_ids[0].id})
        for model in ("it.kpi.allocation", "it.kpi.commendation"):
            cls.env[model].create({"publication_id": cls.publication.id})

    def get_reports(self):
        """Return every report of the addon, with one of its records."""
        found = self.env["ir.actions.report"].search([])
        for report in found.filtered(lambda report: report._is_it_kpi()):
            yield report, self.env[report.model].search([], limit=1)

    def test_every_print_has_the_limits(self):
        count = 0
        for report, record in self.get_reports():
            with self.subTest(report=report.report_name):
                self.assertTrue(record)
                count += 1
                self.env["ir.config_parameter"].set_param(limits.SECONDS, "0")
                with self.assertRaisesRegex(NotPrinted, "takes longer than 0 seconds") as told:
                    self.render(report, record)
                self.assertIn(report.name, str(told.exception))
        self.assertGreaterEqual(count, 8)

    def test_the_longest_texts_end_with_a_print_or_with_the_sentence(self):
        """Of a form in which every text is as long as it may be."""
        form = self.get_form(self.cycle, "利州").sudo()
        lines = form.line_ids
        lines.write(
            {name: "制" * lines._get_max_length(name) for name in ("explanation", "remark")}
        )
        self.env["ir.config_parameter"].set_param(limits.SECONDS, "1")
        start = time.monotonic()
        report = self.env.ref("it_kpi_assessment.self_report")
        with self.assertRaisesRegex(NotPrinted, "takes longer than 1 seconds"):
            self.render(report, form)
        self.assertLess(time.monotonic() - start, 30)
        self.env["ir.config_parameter"].set_param(limits.SECONDS, False)
        self.assertEqual(
            len(self.print("blank_assessment_report", self.cycle.rubric_id)), 1, "others print"
        )

    def render(self, report, record):
        return (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(report.report_name, record.ids)
        )

    def test_a_person_makes_two_prints_at_a_time(self):
        """On all servers together; the others print meanwhile."""
        rubric = self.cycle.rubric_id
        with db_connect(self.env.cr.dbname).cursor() as elsewhere:
            for number in range(2):
                elsewhere.execute(
                    "SELECT pg_advisory_xact_lock(%s, %s)",
                    [limits.LOCKS, self.users["reporter"].id * 2 + number],
                )
            with self.assertRaisesRegex(NotPrinted, "making 2 prints already"):
                self.print("blank_assessment_report", rubric, role="reporter")
            self.assertTrue(self.print("blank_assessment_report", rubric, role="leader"))
        self.assertTrue(self.print("blank_assessment_report", rubric, role="reporter"))

    def test_nobody_sends_limits_of_their_own(self):
        self.env["ir.config_parameter"].set_param(limits.SECONDS, False)
        report = self.env.ref("it_kpi_assessment.self_report")
        for sent in ([9999, 9999, None], {"seconds": 9999}, "9999", True):
            found = report.with_context(it_kpi_limits=sent)._get_it_kpi_limits()
            self.assertEqual(found, limits.PRINT)

    def test_when_all_places_are_taken_it_is_said(self):
        rubric = self.cycle.rubric_id
        with (
            patch.object(limits, "pool", Pool(1)) as full,
            patch.object(limits, "PRINT", limits.PRINT._replace(patience=0)),
            full.take_place(0),
            self.assertRaisesRegex(NotPrinted, "Many prints"),
        ):
            self.print("blank_assessment_report", rubric)

    def test_a_request_names_so_many_records(self):
        """As a PDF and as a page; each of them once."""
        forms = self.cycle.assessment_ids
        names = self.env["ir.actions.report"].with_user(self.users["division"])
        with patch.object(reports, "AT_ONCE", 2):
            for report, record in self.get_reports():
                many = [record.id, record.id + 1, record.id + 2]
                for render in (names._render_qweb_html, names._render_qweb_text):
                    with self.assertRaisesRegex(UserError, "Choose fewer"):
                        render(report.report_name, many)
                with self.assertRaisesRegex(UserError, "Choose fewer"):
                    self.render(report, self.env[report.model].browse(many))
            page = names._render_qweb_html("it_kpi_assessment.report_assessment", forms[:1].ids * 5)
        self.assertEqual(page[0].decode().count("<h1"), 1)

    def test_who_prints_is_told_what_has_no_glyph(self):
        """Which character, in which document and beside which words."""
        form = self.get_form(self.cycle, "昭化").sudo()
        form.line_ids[0].remark = "负责人\ue5e5某，另有说明"
        told = []
        users = type(self.env["res.users"])
        send = lambda user, kind, notice: told.append((user, notice["message"]))  # noqa: E731
        with patch.object(users, "_bus_send", send), self.assertLogs(limits.__name__, "WARNING"):
            self.make_pdf("assessment_report", form)
        [(user, message)] = told
        self.assertEqual(user, self.users["division"])
        self.assertRegex(message, "\ue5e5” \\(U\\+E5E5\\) in “.+”: ….*负责人\ue5e5某，另有说明")
