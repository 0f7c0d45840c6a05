from odoo import SUPERUSER_ID, api, models

from odoo.addons.it_kpi_assessment.const import JOB_UNDER_WAY
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import ENQUEUED, PENDING, STARTED

# Seconds between two turns of a job, in which other jobs of the queue can run.
PAUSE = 1


class ItKpiJob(models.Model):
    """Long jobs run on OCA's queue: one queue job per long job, turn by turn, on any server."""

    _inherit = "it.kpi.job"

    def _wake(self):
        """Queue the jobs; idempotent, because a queued job has an identity key."""
        for job in self.with_env(self.env(user=SUPERUSER_ID, context={}, su=True)):
            job.with_delay(identity_key=job._get_queue_key())._take_queued_turn()

    def _get_queue_key(self):
        return f"{self._name},{self.id}"

    @api.model
    def _run_waiting(self):
        """Queue the jobs under way whose queue job was lost or has failed."""
        jobs = self.search([("state", "in", JOB_UNDER_WAY)])
        alive = [
            ("identity_key", "in", [job._get_queue_key() for job in jobs]),
            ("state", "in", (PENDING, ENQUEUED, STARTED)),
        ]
        queued = set(self.env["queue.job"].search(alive).mapped("identity_key"))
        jobs.filtered(lambda job: job._get_queue_key() not in queued)._wake()

    def _take_queued_turn(self):
        """Run one turn of the job, and have the queue retry until the job has ended.

        Nothing is done if another server is running the job, or if it has ended.

        :raise RetryableJobError: the job needs another turn
        """
        if self._take_turn() and self.exists().state in JOB_UNDER_WAY:
            raise RetryableJobError(f"{self.done} / {self.total}", PAUSE, ignore_retry=True)
