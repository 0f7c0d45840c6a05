"""Long jobs: what is printed in batches, and the year that is opened in the background."""

import io
import os
import signal
from contextlib import contextmanager
from unittest.mock import patch

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.const import JOB_UNDER_WAY
from odoo.addons.it_kpi_assessment.models.job import it_kpi_cycle_print, it_kpi_job_run
from odoo.addons.it_kpi_assessment.printing import printers
from odoo.addons.it_kpi_assessment.printing.errors import LimitReached
from odoo.addons.it_kpi_assessment.printing.process import Process

from ..helpers.long_jobs import REPORT, LongJobs, Typewriter
from ..helpers.printing import squeeze


@tagged("post_install", "-at_install")
class TestJobs(LongJobs):
    def test_the_file_is_what_an_immediate_print_is(self):
        """Page by page, by both engines and on several processes."""
        with patch.multiple(printers, BATCH_SIZE=2, BATCHES=1):
            job = self.ask()
            self.run_job(job)
            self.assertEqual((job.state, job.done, job.error), ("done", 6, False))
            reports = self.env["ir.actions.report"].with_user(self.users["division"])
            content, _kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
                REPORT, self.forms.ids
            )
            immediate = PdfReader(io.BytesIO(content)).pages
            pages = [squeeze(page.extract_text()) for page in immediate]
            self.assertEqual(self.get_pages(job.file_ids), pages)
            self.assertEqual(job.file_ids.name, f"{job.name}.pdf")

    def test_every_batch_is_committed(self):
        seen = []

        def look(_printed):
            with self.elsewhere(job) as other:
                seen.append((other.state, other.done, len(other.piece_ids)))

        job = self.ask()
        with self.typewriter(look):
            self.run_job(job)
        self.assertEqual(seen, [("waiting", 0, 0), ("running", 2, 1), ("running", 4, 2)])
        self.assertEqual((job.done, len(job.piece_ids), len(job.file_ids)), (6, 0, 1))
        self.assertEqual(len(self.get_pages(job.file_ids)), 6)

    def test_a_cancelled_job_keeps_what_is_finished_and_goes_on_from_there(self):
        def cancel(printed):
            if printed == 2 and not again:
                with self.elsewhere(job) as other:
                    other.action_cancel()

        again = []
        job = self.ask()
        with self.typewriter(cancel) as typewriter:
            self.run_job(job)
            self.assertEqual((job.state, job.done, len(job.piece_ids)), ("cancelled", 2, 1))
            kept = typewriter.printed[:2]
            again.append(True)
            typewriter.printed.clear()
            self.run_job(job)
            self.assertFalse(typewriter.printed, "a cancelled job stands still")
            job.with_user(self.users["division"]).action_resume()
            self.run_job(job)
        self.assertEqual((job.state, job.done), ("done", 6))
        self.assertEqual(len(set(kept + typewriter.printed)), 6)
        self.assertEqual(len(typewriter.printed), 4, "nothing is printed twice")
        self.assertEqual(len(self.get_pages(job.file_ids)), 6)

    def test_what_has_ended_is_neither_cancelled_nor_resumed(self):
        job = self.ask()
        with self.typewriter():
            self.run_job(job)
        for method in (job.action_cancel, job.action_resume):
            with self.assertRaisesRegex(UserError, "Done"):
                method()

    def test_a_killed_server_costs_a_batch(self):
        """The next process that takes the job continues after the last finished batch."""

        def be_killed(printed):
            if printed == 2:
                raise SystemExit

        job = self.ask()
        with self.typewriter(be_killed), self.assertRaises(SystemExit):
            self.run_job(job)
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual((job.state, job.done), ("running", 2))
        with self.typewriter() as typewriter:
            self.run_job(job)
        self.assertEqual((job.state, len(typewriter.printed)), ("done", 4))
        self.assertEqual(len(self.get_pages(job.file_ids)), 6)

    def test_of_two_servers_one_carries_a_job_out(self):
        counts = []

        def run_elsewhere(_printed):
            with self.elsewhere(job) as other:
                counts.append(other._take_turn())

        job = self.ask()
        with self.typewriter(run_elsewhere) as typewriter:
            self.run_job(job)
        self.assertEqual((counts, len(typewriter.printed)), ([0, 0, 0], 6))

    def test_a_batch_that_both_made_is_kept_once(self):
        """Even if the lock that spares the work does not hold."""

        def overtake(printed):
            if printed == 2 and not overtaken:
                overtaken.append(True)
                with self.elsewhere(job) as other:
                    other._take_turn()

        overtaken = []
        job = self.ask()
        claim = lambda job: job.exists() and job.state in JOB_UNDER_WAY  # noqa: E731
        with self.typewriter(overtake), patch.object(type(job), "_claim", claim):
            self.run_job(job)
        self.assertEqual((job.state, job.done), ("done", 6))
        self.assertEqual(len(self.get_pages(job.file_ids)), 6)

    def test_jobs_take_turns(self):
        """A large one does not keep a small one waiting for its end."""
        large, small = self.ask(), self.ask(records=self.forms[:2])
        done = []
        with self.typewriter(), patch.object(it_kpi_job_run, "TURN", 0):
            for _turn in range(4):
                self.run_job(large)
                done.append((large.done, small.done))
        self.assertEqual(done, [(2, 0), (2, 2), (4, 2), (6, 2)])

    def test_a_printing_process_that_was_killed_is_replaced(self):
        """By the kernel, when memory is short: the documents are printed by another one."""

        def kill(*args):
            for process in broken.processes:
                os.kill(process.process.pid, signal.SIGKILL)
            return print_all(*args)

        job = self.ask(records=self.forms[:2])
        with printers.Processes(1) as broken:
            broken.print_each(["<p>甲</p>"])  # a process is taken when it is first needed
            print_all, broken.print = broken.print, kill
            with self.printing_by(broken):
                self.run_job(job)
        self.assertEqual((job.state, job.done, job.left_out), ("done", 2, False))
        self.assertEqual(len(self.get_pages(job.file_ids)), 2)

    def test_a_document_that_is_too_long_is_left_out_and_named(self):
        """It does not stop those of the others."""

        def take_too_long(documents, _seconds, title):
            if any(long in html for html in documents):
                raise LimitReached
            return typewriter.print(documents, len(documents), title)[0].content, places

        job = self.ask(records=self.forms[:3])
        typewriter, long = Typewriter(), self.forms[1].unit_id.name
        places = [("自评表", "\ue000", "甲\ue000乙")]
        with (
            printers.Processes(1) as processes,
            patch.object(Process, "print", lambda _self, *args: take_too_long(*args)),
            self.printing_by(processes),
        ):
            self.run_job(job)
        self.assertEqual((job.state, job.done), ("done", 3))
        self.assertIn(self.forms[1].display_name, job.left_out)
        self.assertNotIn(self.forms[0].display_name, job.left_out)
        self.assertEqual(len(self.get_pages(job.file_ids)), 2)
        self.assertIn("(U+E000) in “自评表”: …甲\ue000乙…", job.missing_glyphs)

    @contextmanager
    def printing_by(self, made):
        reports = type(self.env["ir.actions.report"])
        with patch.object(reports, "_get_it_kpi_printers", lambda *_args: made):
            yield

    def test_what_can_no_longer_be_read_is_named(self):
        submitted = self.forms.filtered(lambda form: form.state == "submitted")
        job = self.ask("head", submitted)
        returned = submitted[3]
        returned.state = "returned"
        self.commit()
        with self.typewriter() as typewriter:
            self.run_job(job)
        self.assertEqual((job.state, job.done), ("done", 5))
        self.assertEqual(job.left_out, returned.display_name)
        self.assertEqual(len(typewriter.printed), 4)
        returned.state = "submitted"
        self.commit()

    def test_who_lost_the_role_gets_nothing(self):
        job = self.ask()
        own = job.with_user(self.users["division"])
        with self.typewriter():
            group = self.env.ref("it_kpi_assessment.group_division")
            self.users["division"].group_ids -= group
            self.commit()
            self.run_job(job)
            self.users["division"].group_ids += self.env.ref("it_kpi_assessment.group_head")
            self.assertFalse(own.has_access("read"), "another role does not open it")
            self.users["division"].group_ids += group
        self.assertEqual((job.state, job.done), ("failed", 0))
        self.assertIn("no longer has the roles", job.error)
        self.assertTrue(own.has_access("read"))

    def test_job_and_files_are_for_who_asked_alone(self):
        """Not even for others who might read all of the forms, or for the administrator."""
        job = self.ask()
        with self.typewriter():
            self.run_job(job)
        self.assertTrue(job.file_ids.with_user(self.users["division"]).has_access("read"))
        for person in (self.new_user("division", "test_other"), self.env.ref("base.user_admin")):
            for record in (job, job.file_ids):
                self.assertFalse(record.with_user(person).has_access("read"))
                self.assertFalse(record.with_user(person).search([("id", "=", record.id)]))
        own = job.with_user(self.users["division"])
        for record in (own, own.file_ids):
            for operation in ("write", "unlink"):
                self.assertFalse(record.has_access(operation))

    def test_many_are_bound_in_volumes(self):
        job = self.ask()
        with self.typewriter(), patch.object(it_kpi_job_run, "VOLUME", 4):
            self.run_job(job)
        names = [f"{job.name}, volume {number} of 2.pdf" for number in (1, 2)]
        self.assertEqual(job.file_ids.sorted("id").mapped("name"), names)
        sizes = [len(self.get_pages(file)) for file in job.file_ids.sorted("id")]
        self.assertEqual(sizes, [4, 2])

    def test_the_workbook_of_a_large_year_is_a_job(self):
        division = self.cycle.with_user(self.users["division"])
        with patch(
            "odoo.addons.it_kpi_assessment.workbook.download.MOST_UNITS_AT_ONCE",
            5,
        ):
            action = division.action_workbook()
        job = self.env["it.kpi.job"].browse(action["res_id"])
        self.run_job(job)
        self.assertEqual((job.state, job.error), ("done", False))
        self.assertEqual(job.file_ids.name, "2099年度信息化绩效考核排名（预览，未公布）.xlsx")

    def test_a_large_year_is_opened_by_a_job(self):
        """What it comes to is what opening it at once comes to, in the name of who asked."""
        draft = self.draft_year()
        job = self.ask_to_open(draft)
        self.assertEqual(job.name, f"Assessment {self.year}: opening (6 units)")
        self.assertEqual((draft.state, draft.is_being_opened), ("draft", True))
        self.run_job(job)
        self.assertEqual((job.state, job.done, job.error), ("done", 1, False))
        self.assertEqual((draft.state, draft.is_being_opened), ("open", False))
        opened = draft.sudo()
        for kind in ("assessment_ids", "survey_ids"):
            self.assertEqual(opened[kind].unit_id, self.units)
            self.assertEqual(len(opened[kind].line_ids), 6 * 16)
        self.assertEqual(opened.assessment_ids.create_uid, self.users["division"])
        self.assertEqual(opened.message_ids[0].author_id, self.users["division"].partner_id)
        self.assertNotEqual(opened.rubric_id, self.rubric)

    def test_a_year_that_is_being_opened_stays_as_it_is(self):
        draft = self.draft_year()
        self.ask_to_open(draft)
        another = draft.with_user(self.new_user("division", "test_second_division"))
        self.assertNotIn("open", another.allowed_moves)
        for act in (another.action_open, lambda: another.write({"year": 2097}), another.unlink):
            with self.assertRaisesRegex(UserError, "being opened in the background"):
                act()

    def test_an_opening_can_be_cancelled_and_resumed(self):
        """Cancelled while it lays out, it leaves a draft behind, and nothing else."""

        def cancel(cycle):
            lay_out(cycle)
            with self.elsewhere(job) as other:
                other.action_cancel()

        draft = self.draft_year()
        job = self.ask_to_open(draft)
        lay_out = type(draft)._create_forms
        with patch.object(type(draft), "_create_forms", cancel):
            self.run_job(job)
        self.assertEqual((job.state, job.done), ("cancelled", 0))
        self.assertEqual((draft.state, draft.is_being_opened), ("draft", False))
        self.assertFalse(draft.sudo().assessment_ids or draft.rubric_id)
        draft.deadline = f"{self.year}-12-20 00:00:00"
        job.with_user(self.users["division"]).action_resume()
        self.commit()
        self.env.invalidate_all()
        self.assertTrue(draft.is_being_opened)
        self.run_job(job)
        self.assertEqual((job.state, draft.state), ("done", "open"))

    def test_a_year_that_cannot_be_opened_stays_a_draft(self):
        """It is shown at once, and by the job if something changed in between."""
        draft = self.draft_year(unit_ids=[Command.set(self.units[:2].ids)])
        rubric = self.rubric.copy()
        draft.sudo().write({"source_rubric_id": rubric.id, "unit_ids": self.units.ids})
        with self.assertRaisesRegex(UserError, "neither on trial nor effective"):
            draft.action_open(accepted=True)
        rubric.state = "trial"
        job = self.ask_to_open(draft)
        rubric.state = "archived"
        self.commit()
        self.run_job(job)
        self.assertEqual((job.state, draft.state), ("failed", "draft"))
        self.assertIn("neither on trial nor effective", job.error)
        self.assertFalse(draft.is_being_opened)

    def test_who_lost_the_role_opens_nothing(self):
        draft = self.draft_year()
        job = self.ask_to_open(draft)
        group = self.env.ref("it_kpi_assessment.group_division")
        self.users["division"].group_ids -= group
        self.commit()
        self.run_job(job)
        self.users["division"].group_ids += group
        self.assertEqual((job.state, draft.sudo().state), ("failed", "draft"))
        self.assertIn("no longer has the roles", job.error)

    def test_few_forms_are_printed_at_once_and_many_by_a_job(self):
        division = self.cycle.with_user(self.users["division"])
        self.assertEqual(division.action_print_all("assessment")["report_name"], REPORT)
        with patch.object(it_kpi_cycle_print, "AT_ONCE", 5):
            action = division.action_print_all("assessment")
            again = division.action_print_all("assessment")
        self.assertEqual(action["res_model"], "it.kpi.job")
        self.assertEqual(again["res_id"], action["res_id"], "what is under way is not asked twice")
        self.assertEqual(self.env["it.kpi.job"].browse(action["res_id"]).total, 6)
        with self.assertRaisesRegex(UserError, "nothing yet"):
            division.action_print_all("result")

    def test_what_one_may_not_read_is_not_asked_for(self):
        jobs = self.env["it.kpi.job"]
        for role in ("reporter", "leader", "assessor"):
            with self.assertRaises(AccessError):
                jobs.with_user(self.users[role]).ask(REPORT, self.forms.ids)
        with self.assertRaisesRegex(UserError, "Choose what to print"):
            jobs.with_user(self.users["division"]).ask("base.report_irmodeloverview", [1])

    def test_files_go_after_some_days(self):
        job = self.ask()
        with self.typewriter():
            self.run_job(job)
        file = job.file_ids
        self.env["it.kpi.job"]._gc_jobs()
        self.assertTrue(file.exists())
        job.ended_at = "2026-01-01 00:00:00"
        self.env["it.kpi.job"]._gc_jobs()
        self.assertFalse(job.exists() or file.exists())
