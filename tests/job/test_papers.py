"""Nobody who signs waits for a print: a job keeps the paper, as it was signed."""

import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.models.job.it_kpi_job_paper import PAPER_KEPT
from odoo.addons.it_kpi_assessment.printing import printers
from odoo.addons.it_kpi_assessment.printing.errors import LimitReached
from odoo.addons.it_kpi_assessment.printing.pool import pool
from odoo.addons.it_kpi_assessment.printing.process import Process

from ..helpers.common import SIGNATURE
from ..helpers.long_jobs import LongJobs
from ..helpers.printing import squeeze


@tagged("post_install", "-at_install")
class TestPapers(LongJobs):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unsigned = iter(cls.forms.filtered(lambda form: form.state == "submitted"))

    def setUp(self):
        super().setUp()
        self.form = next(self.unsigned)  # the transactions are real: each test signs another form

    def sign(self):
        """Return a form that was signed while nothing could print, and the jobs of its papers."""
        self.cycle.sudo().state = "open"
        form = self.form
        form.state = "to_sign"
        form.unit_id.leader_ids += self.users["leader"]
        self.commit()
        leader = form.with_user(self.users["leader"]).with_context(force_report_rendering=True)
        with patch.object(pool, "take", side_effect=AssertionError("a print")):
            leader.action_submit(SIGNATURE)
        return form, self.env["it.kpi.job"].search([("kind", "=", "paper")], order="id")

    def run_all(self, jobs):
        """Return which users are told of which papers, so that their pages show them."""
        told = []

        def send(user, kind, message, **_options):
            if kind == PAPER_KEPT:
                told.append((user.login, message))

        self.commit()
        with patch.object(type(self.env["res.users"]), "_bus_send", send):
            for _job in jobs:
                self.run_job(jobs)
        self.assertEqual(jobs.mapped("state"), ["done", "done"], jobs.mapped("error"))
        return told

    def read(self, file):
        return squeeze("".join(p.extract_text() for p in PdfReader(io.BytesIO(file.raw)).pages))

    def test_nobody_who_signs_waits_for_a_print(self):
        form, jobs = self.sign()
        self.assertEqual(form.state, "submitted")
        self.assertFalse(form.document_ids)
        self.assertEqual(len(jobs), 2)
        self.assertEqual(set(jobs.mapped("state")), {"waiting"})
        log = form.message_ids[0].body
        for text in (
            "as signed",
            f"Version {form.version}",
            "Attachment 2",
            "Self-Assessment Report",
        ):
            self.assertIn(text, log)

    def test_signature_and_paper_are_stored_together(self):
        """A server that stops before has neither; one that stops after prints it later."""
        form, jobs = self.sign()
        version = form.version
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertFalse(jobs.exists())
        self.assertEqual((form.state, form.version), ("to_sign", version - 1))
        form, jobs = self.sign()
        self.run_all(jobs)
        self.assertEqual(len(form.document_ids), 2)

    def test_a_return_changes_nothing_in_a_paper_that_is_not_printed_yet(self):
        form, jobs = self.sign()
        line = form.line_ids[0]
        self.as_role("division", form).action_return({str(line.id): "缺少文件"})
        line.write({"grade_id": form.rubric_id.grade_ids[3].id, "explanation": "签字以后改的"})
        self.run_all(jobs)
        self.assertEqual(len(form.document_ids), 2)
        for file in form.document_ids:
            self.assertIn(f"（第{form.version}版）", file.name)
            self.assertNotIn("签字以后改的", self.read(file))

    def test_the_paper_is_kept_as_it_was_signed(self):
        form, jobs = self.sign()
        form.line_ids[0].remark = "签字以后改的"
        told = self.run_all(jobs)
        self.assertEqual(told, [("test_leader", {"model": form._name, "id": form.id})] * 2)
        self.assertFalse(jobs.piece_ids)
        for file, job in zip(form.document_ids.sorted("id"), jobs, strict=True):
            self.assertEqual(file.name, job.name)
            self.assertIn(f"（第{form.version}版）", file.name)
            self.assertNotIn("签字以后改的", self.read(file))
        logs = form.message_ids.filtered("attachment_ids")[:2]
        for log in logs:
            self.assertIn("SHA-256", log.body)
            self.assertEqual(log.author_id, self.users["leader"].partner_id)

    def test_a_paper_that_still_takes_too_long_is_not_lost(self):
        """It cannot be cancelled, stays when other jobs are cleared away, and is tried again."""
        _form, jobs = self.sign()
        self.commit()
        job = jobs[0]
        with (
            patch.object(Process, "print", side_effect=LimitReached),
            patch.object(printers, "SINGLE_SECONDS", 1),
        ):
            job._take_turn()
        self.assertEqual(job.state, "failed")
        self.assertIn("kept as it was signed", job.error)
        job.ended_at = "2020-01-01 00:00:00"
        jobs._gc_jobs()
        self.assertEqual(job.state, "waiting")
        self.assertTrue(job.piece_ids.raw)
        with self.assertRaisesRegex(UserError, "kept in any case"):
            job.with_user(job.user_id).action_cancel()
