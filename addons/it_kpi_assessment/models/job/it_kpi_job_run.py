import logging
import time
from contextlib import ExitStack, nullcontext

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY
from odoo.tools import SQL

from ...const import JOB_UNDER_WAY
from ...printing.binding import bind
from ...tools.locking import lock
from ...workbook.build import XLSX, build_workbook, get_file_name

_logger = logging.getLogger(__name__)

PDF = "application/pdf"
# Seconds after which a job lets others run; a new run also starts Odoo's time limits anew.
TURN = 25
# Documents in one file: limited by memory, and by what fits into a binder.
VOLUME = 500
# First key of the advisory locks of running jobs.
LOCKS = 0x6B7069


class ItKpiJob(models.Model):
    """How a long job runs: batch by batch, each in a transaction; the opening of a year is one.

    A transaction makes a batch, stores it and counts it, so a killed server costs one batch. Each
    batch reads the records as they are then, with the requester's rights and language.
    """

    _inherit = "it.kpi.job"

    def _wake(self):
        """Trigger the scheduled action that runs waiting jobs."""
        self.env.ref("it_kpi_assessment.ir_cron_run_jobs").sudo()._trigger()

    @api.model
    def _run_waiting(self):
        """Run the job that waited longest for a while, and trigger the next run for others."""
        under_way = [("state", "in", JOB_UNDER_WAY)]
        job = self.search(under_way, order="write_date, id", limit=1)
        if job._take_turn() and self.search_count(under_way, limit=1):
            self._wake()

    def _take_turn(self):
        """Run a job for a while, committing every batch; return how many documents were finished.

        Does nothing if the job has ended or another process runs it.
        """
        job = self.with_env(self.env(user=SUPERUSER_ID, context={}, su=True))
        until, count = time.monotonic() + TURN, 0
        with ExitStack() as stack:
            printers = None
            while job and job._claim():
                try:
                    printers = printers or stack.enter_context(job._open_printers())
                    count += job._run_batch(printers)
                    job.env.cr.commit()  # pylint: disable=invalid-commit
                except Exception as error:
                    job.env.cr.rollback()
                    if getattr(error, "pgcode", None) not in PG_CONCURRENCY_ERRORS_TO_RETRY:
                        job._fail(error)
                        job.env.cr.commit()  # pylint: disable=invalid-commit
                if time.monotonic() >= until:
                    break
        return count

    def _claim(self):
        """Return whether to run the next batch in this transaction.

        The advisory lock avoids duplicate work; the row lock guarantees that no batch is stored
        twice.
        """
        [(free,)] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCKS, self.id)
        )
        return free and self.exists() and self.state in JOB_UNDER_WAY

    def _open_printers(self):
        """Return a context manager of what prints batches; a null one if nothing is printed."""
        if self.kind not in ("print", "paper", "archive"):
            return nullcontext(True)
        return self.env["ir.actions.report"]._get_it_kpi_printers()

    def _run_batch(self, printers):
        """Make, store and count the next batch; return how many documents it has.

        :raise UserError: the requester has lost the role, or the year cannot be opened
        :raise OperationalError: the job was cancelled meanwhile; the batch is rolled back
        """
        if self.kind == "paper":
            return self._run_paper(printers)
        if self.kind == "archive":
            return self._run_archive(printers)
        start = self.done
        ids = self.res_ids[start : start + self._get_size(printers)]
        wanted = self._as_requester().env[self.res_model].browse(ids).exists()
        records = wanted._filtered_access("read")
        values = self._count(len(ids), (wanted - records).sudo().mapped("display_name"))
        if self.kind == "print":
            values |= self._print(records, printers, values)
        elif self.kind == "workbook":
            values["file_ids"] = self._make_workbooks(records)
        else:
            wanted._open()
        self._keep_batch(values)
        return len(ids)

    def _keep_batch(self, values):
        """Write what a batch brought, and tell the requester if it was the last.

        :raise OperationalError: the job was cancelled meanwhile; the batch is rolled back
        """
        lock(self)
        self.write(values)
        if self.state == "done":
            self._notify("success", self._get_success())

    def _get_size(self, printers):
        """Return how many documents are made in one transaction; a year is opened in one."""
        if self.kind == "print":
            return min(printers.capacity, VOLUME - self.done % VOLUME)
        return 1

    def _get_success(self):
        env = self._as_requester().env
        return (
            env._("The year is open.") if self.kind == "opening" else env._("The files are ready.")
        )

    def _as_requester(self):
        """Return the job for its requester, with their present rights and their language."""
        user = self.user_id
        job = self.with_user(user).with_context(lang=user.lang, tz=user.tz)
        if not user.active or not job.has_access("read"):
            raise UserError(
                job.env._("The person who asked for it no longer has the roles that they had then.")
            )
        return job

    def _count(self, count, left_out):
        """Return the values of the job after a batch of ``count`` documents."""
        done = self.done + count
        ended = done == self.total
        return {
            "done": done,
            "state": "done" if ended else "running",
            "ended_at": ended and fields.Datetime.now(),
            "left_out": "\n".join(filter(None, [self.left_out, *left_out])),
        }

    def _print(self, records, printers, counted):
        """Print the records and store the PDFs; merge them into a file when a volume is full.

        :param counted: the values that ``_count`` returned for them
        """
        pieces, done = self.piece_ids, counted["done"]
        reports = records.env["ir.actions.report"]
        report = reports._get_report(self.report_name)
        values = {"piece_ids": [Command.clear()]}
        if records:
            documents = reports._render_it_kpi_documents(report, None, records.ids)
            html = (html for _record_id, html in documents)
            printed = printers.print(html, len(records), self._get_volume_name(done))
            for each in printed:
                if each.content:
                    pieces += self._keep(f"{done}.pdf", each.content, PDF)
            values |= self._tell(records, report, printed, counted["left_out"])
        if done < self.total and done % VOLUME:
            return values | {"piece_ids": [Command.set(pieces.ids)]}
        return values | {"file_ids": self._bind(pieces, done)}

    def _tell(self, records, report, printed, left_out):
        """Return the values that say what was too much for a print, and what has no glyph."""
        too_long = [records[each.left_out] for each in printed if each.content is None]
        names = [
            records.env._("%s (takes longer than a print may)", record.sudo().display_name)
            for record in too_long
        ]
        missing = report._get_it_kpi_missing([place for each in printed for place in each.missing])
        return {
            "left_out": "\n".join(filter(None, [left_out, *names])),
            "missing_glyphs": "\n".join(filter(None, [self.missing_glyphs, missing])),
        }

    def _bind(self, pieces, done):
        """Merge the stored PDFs into one file, and delete them."""
        if not pieces:
            return []
        content = bind([piece.raw for piece in pieces.sorted("id")])
        pieces.unlink()
        name = self._get_volume_name(done)
        return [Command.link(self._keep(f"{name}.pdf", content, PDF).id)]

    def _get_volume_name(self, done):
        """Return the name of the file that the document of this number is in."""
        if self.total <= VOLUME:
            return self.name
        return self._as_requester().env._(
            "%(name)s, volume %(number)s of %(count)s",
            name=self.name,
            number=-(-done // VOLUME),
            count=-(-self.total // VOLUME),
        )

    def _make_workbooks(self, records):
        rankings = [record._get_workbook_ranking() for record in records]
        return [
            Command.link(self._keep(get_file_name(each), build_workbook(each), XLSX).id)
            for each in rankings
        ]

    def _keep(self, name, content, mimetype):
        """Return a new file that is as readable as the job."""
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "mimetype": mimetype,
                "res_model": self._name,
                "res_id": self.id,
                "company_id": self.company_id.id,
            }
        )

    def _fail(self, error):
        """End the job with the reason, in the requester's language."""
        env = self.with_context(lang=self.user_id.lang).env
        if isinstance(error, UserError):
            reason = str(error)
        else:
            _logger.exception("Long job %s failed", self.id)
            reason = env._(
                "The program made an error: %s. Tell the administrator, then resume.", repr(error)
            )
        lock(self)
        self.write({"state": "failed", "error": reason, "ended_at": fields.Datetime.now()})
        self._notify("danger", reason)

    def _notify(self, kind, message):
        """Show a message to the requester, if they are logged in."""
        self.user_id._bus_send(
            "simple_notification",
            {"type": kind, "title": self.name, "message": message, "sticky": True},
        )
