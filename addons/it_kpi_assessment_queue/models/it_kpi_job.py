from odoo import SUPERUSER_ID, api, models

from odoo.addons.it_kpi_assessment.const import JOB_UNDER_WAY
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import ENQUEUED, PENDING, STARTED

# Seconds between two turns, in which others come first.
PAUSE = 1


class ItKpiJob(models.Model):
    """A long job is carried out by one job of the queue, turn by turn, on whichever server."""

    _inherit = "it.kpi.job"

    def _wake(self):
        """Queue the jobs, each once however often it is asked for."""
        for job in self.with_env(self.env(user=SUPERUSER_ID, context={}, su=True)):
            job.with_delay(identity_key=job._get_queue_key())._take_queued_turn()

    def _get_queue_key(self):
        return f"{self._name},{self.id}"

    @api.model
    def _run_waiting(self):
        """Queue what is under way and not queued: its job of the queue was lost, or has failed."""
        jobs = self.search([("state", "in", JOB_UNDER_WAY)])
        alive = [
            ("identity_key", "in", [job._get_queue_key() for job in jobs]),
            ("state", "in", (PENDING, ENQUEUED, STARTED)),
        ]
        queued = set(self.env["queue.job"].search(alive).mapped("identity_key"))
        jobs.filtered(lambda job: job._get_queue_key() not in queued)._wake()

    def _take_queued_turn(self):
        """Give the job a turn, and have the queue come back for the next one until it has ended.

        Nothing is left to do if somebody else is at it, or has ended it.
        """
        if self._take_turn() and self.exists().state in JOB_UNDER_WAY:
            raise RetryableJobError(f"{self.done} / {self.total}", PAUSE, ignore_retry=True)
