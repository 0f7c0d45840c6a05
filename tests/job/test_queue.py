"""Long jobs on OCA's job queue, in a database of their own in which ``queue_job`` is installed.

The queue's own code chooses, locks and runs the jobs; only the HTTP request is left out.
``test_jobs.py`` has the same jobs without the queue.
"""

from contextlib import closing
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from odoo.addons.it_kpi_assessment.models.job import it_kpi_job_run
from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.jobrunner.runner import Database, MasterElectionLost

from ..helpers.long_jobs import LongJobs


@tagged("post_install", "-at_install")
class TestQueue(LongJobs):
    @classmethod
    def load_registry(cls, install=()):
        return super().load_registry([*install, "queue_job"])

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.runner = Database(cls.database)
        cls.addClassCleanup(cls.runner.close)

    def tearDown(self):
        self.cr.rollback()
        self.env["queue.job"].search([]).unlink()
        self.commit()
        super().tearDown()

    def get_queued(self):
        """Return the current queue."""
        self.cr.rollback()
        self.env.invalidate_all()
        return self.env["queue.job"].search([])

    def run_job(self, job):
        """Let the runner run everything that is pending."""
        while pending := self.get_queued().filtered(lambda queued: queued.state == "pending"):
            self.runner.set_job_enqueued(pending[0].uuid)
            self.carry_out(pending[0].uuid)

    def carry_out(self, uuid):
        """Answer the runner's request as a server does; return whether there was work to do."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            queued = RunJobController._acquire_job(env, uuid)
            if queued:
                RunJobController._runjob(env, queued)
            return bool(queued)

    def test_the_addon_comes_with_the_queue_and_not_without(self):
        modules = self.env["ir.module.module"]
        self.assertEqual(modules._get("it_kpi_assessment_queue").state, "installed")
        with closing(db_connect(get_db_name()).cursor()) as cr:
            without = api.Environment(cr, SUPERUSER_ID, {})["ir.module.module"]
            self.assertEqual(without._get("it_kpi_assessment_queue").state, "uninstalled")

    def test_a_print_is_one_job_of_the_queue_however_often_it_is_asked_for(self):
        job, again = self.ask(), self.ask()
        self.assertEqual(job, again)
        job._wake()
        self.commit()
        queued = self.get_queued()
        self.assertEqual((len(queued), queued.channel), (1, "root.it_kpi"))
        with self.typewriter() as typewriter, patch.object(it_kpi_job_run, "TURN", 0):
            self.run_job(job)
        self.assertEqual((job.state, len(typewriter.printed)), ("done", 6))
        self.assertEqual(self.get_queued(), queued, "all turns are turns of that one")
        self.assertEqual((queued.state, queued.retry), ("done", 1))

    def test_the_file_is_what_the_scheduled_action_makes_of_it(self):
        job = self.ask(records=self.forms[:2])
        self.run_job(job)
        pages = self.get_pages(job.file_ids)
        other = self.ask("head", self.forms.filtered(lambda form: form.state == "submitted")[:2])
        other._take_turn()  # what the scheduled action calls where there is no queue
        self.assertEqual((job.state, other.state), ("done", "done"))
        self.assertTrue(all(pages))
        self.assertEqual(self.get_pages(other.file_ids), pages)

    def test_a_cancelled_job_leaves_the_queue_and_resumed_it_comes_back(self):
        def cancel(printed):
            if printed == 2 and not cancelled:
                cancelled.append(True)
                with self.elsewhere(job) as other:
                    other.action_cancel()

        cancelled = []
        job = self.ask()
        with self.typewriter(cancel) as typewriter:
            self.run_job(job)
            self.assertEqual((job.state, job.done), ("cancelled", 2))
            self.assertEqual(self.get_queued().state, "done")
            job.with_user(self.users["division"]).action_resume()
            self.commit()
            self.run_job(job)
        self.assertEqual((job.state, job.done, job.error), ("done", 6, False))
        # The batch that was being printed when it was cancelled is printed again, and kept once.
        self.assertEqual((len(set(typewriter.printed)), len(typewriter.printed)), (6, 8))
        self.assertEqual(len(self.get_pages(job.file_ids)), 6)

    def test_two_servers_do_not_carry_it_out_twice(self):
        """Neither by a second runner or request, nor by the scheduled action or a second turn."""
        refusals = []

        def try_elsewhere(_printed):
            with self.assertRaises(MasterElectionLost):
                Database(self.database)
            refusals.append(self.carry_out(queued.uuid))
            with self.elsewhere(job) as other:
                other.sudo()._run_waiting()
                self.assertEqual(other.env["queue.job"].sudo().search_count([]), 1)
                refusals.append(other._take_queued_turn())

        job = self.ask()
        queued = self.get_queued()
        with self.typewriter(try_elsewhere) as typewriter:
            self.run_job(job)
        self.assertEqual((job.state, job.error), ("done", False))
        self.assertEqual(len(typewriter.printed), 6)
        self.assertEqual(refusals, [False, None] * 3)

    def test_a_killed_server_costs_a_batch(self):
        def be_killed(printed):
            if printed == 2:
                raise SystemExit

        job = self.ask()
        with self.typewriter(be_killed), self.assertRaises(SystemExit):
            self.run_job(job)
        queued = self.get_queued()
        self.assertEqual((job.state, job.done, queued.state), ("running", 2, "started"))
        self.env["it.kpi.job"]._run_waiting()
        self.assertEqual(self.get_queued(), queued, "what the runner will find dead is queued")
        queued.date_enqueued = "2026-01-01 00:00:00"  # it waits for some seconds before that
        self.commit()
        self.runner.requeue_dead_jobs()
        with self.typewriter() as typewriter:
            self.run_job(job)
        self.assertEqual((job.state, len(typewriter.printed)), ("done", 4))
        self.assertEqual(len(self.get_pages(job.file_ids)), 6)

    def test_what_is_lost_from_the_queue_comes_back(self):
        """The scheduled action queues it, and carries nothing out by itself."""
        job = self.ask()
        self.get_queued().state = "failed"
        self.env["it.kpi.job"]._run_waiting()
        self.env["it.kpi.job"]._run_waiting()
        self.commit()
        self.assertEqual(self.get_queued().mapped("state").count("pending"), 1)
        self.assertEqual(job.done, 0)
        with self.typewriter():
            self.run_job(job)
        self.assertEqual(job.state, "done")
        self.env["it.kpi.job"]._run_waiting()
        self.assertFalse(self.get_queued().filtered(lambda queued: queued.state == "pending"))

    def test_a_large_year_is_opened(self):
        draft = self.draft_year()
        job = self.ask_to_open(draft)
        self.run_job(job)
        self.assertEqual(
            (job.state, draft.state, self.get_queued().state), ("done", "open", "done")
        )
        self.assertEqual(len(draft.sudo().survey_ids), 6)

    def test_a_job_that_fails_says_so_itself(self):
        """For the queue it is done; the requester reads the reason and can resume the job."""
        draft = self.draft_year()
        job = self.ask_to_open(draft)
        draft.sudo().deadline = "2020-01-01 00:00:00"
        self.commit()
        self.run_job(job)
        self.assertEqual(
            (job.state, draft.state, self.get_queued().state), ("failed", "draft", "done")
        )
        self.assertIn("at least 3 days", job.error)
