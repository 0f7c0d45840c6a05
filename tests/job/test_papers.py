"""A signature does not wait for its paper: what takes long is kept by a job, as it was signed."""

import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.printing import printers
from odoo.addons.it_kpi_assessment.printing.errors import Busy, LimitReached, PrintingError
from odoo.addons.it_kpi_assessment.printing.process import Process

from ..helpers.common import SIGNATURE
from ..helpers.long_jobs import LongJobs
from ..helpers.printing import squeeze

LIMITS = "odoo.addons.it_kpi_assessment.reports.ir_actions_report_limits"


@tagged("post_install", "-at_install")
class TestPapers(LongJobs):
    def sign(self, error):
        """Return a form that was signed while its documents could not be printed, and its jobs."""
        self.cycle.sudo().state = "open"
        form = self.forms[0]
        form.state = "to_sign"
        form.unit_id.leader_ids += self.users["leader"]
        leader = form.with_user(self.users["leader"]).with_context(force_report_rendering=True)
        with patch(f"{LIMITS}.pool.borrow", side_effect=error):
            leader.action_submit(SIGNATURE)
        self.commit()
        return form, self.env["it.kpi.job"].search([("kind", "=", "paper")], order="id")

    def test_a_signature_does_not_fail_with_its_paper(self):
        for error in (LimitReached, Busy, PrintingError("x")):
            with self.subTest(error=error):
                form, jobs = self.sign(error)
                self.assertEqual(form.state, "submitted")
                self.assertFalse(form.document_ids)
                self.assertEqual(len(jobs), 2)
                self.assertEqual(set(jobs.mapped("state")), {"waiting"})
                self.assertIn("as it was signed", form.message_ids[0].body)
                jobs.unlink()

    def test_the_paper_is_kept_as_it_was_signed(self):
        form, jobs = self.sign(LimitReached)
        before = form.line_ids[0].remark
        form.line_ids[0].remark = "签字以后改的"
        self.commit()
        for _job in jobs:
            self.run_job(jobs)
        self.assertEqual(jobs.mapped("state"), ["done", "done"], jobs.mapped("error"))
        self.assertFalse(jobs.piece_ids)
        sheet, report = form.document_ids.sorted("id")
        for file, job in zip((sheet, report), jobs, strict=True):
            self.assertEqual(file.name, job.name)
            self.assertIn(f"（第{form.version}版）", file.name)
            text = squeeze("".join(p.extract_text() for p in PdfReader(io.BytesIO(file.raw)).pages))
            self.assertNotIn("签字以后改的", text)
        self.assertIn("SHA-256", form.message_ids.filtered("attachment_ids")[:1].body)
        form.line_ids[0].remark = before

    def test_a_paper_that_still_takes_too_long_is_not_lost(self):
        """It cannot be cancelled, stays when other jobs are cleared away, and is tried again."""
        _form, jobs = self.sign(LimitReached)
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
