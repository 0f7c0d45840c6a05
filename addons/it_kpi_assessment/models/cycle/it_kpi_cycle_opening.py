from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import JOB_UNDER_WAY, RUBRIC_IN_FORCE
from ...tools.locking import share, touch
from .create_forms_queries import STATISTICS, create_forms_queries

# Units whose forms are created while the user waits: some three seconds.
OPENED_AT_ONCE = 5000


class ItKpiCycle(models.Model):
    """Opening a year: the rubric is frozen, and every unit gets both its forms.

    The forms of very many units are created by a long job.
    """

    _inherit = "it.kpi.cycle"

    is_being_opened = fields.Boolean(
        compute="_compute_is_being_opened",
        help="A long job that opens the year is waiting or running.",
    )

    @api.depends("state")
    def _compute_is_being_opened(self):
        """Search with sudo: the job is visible to its requester only, its existence to all."""
        under_way = [("kind", "=", "opening"), ("state", "in", JOB_UNDER_WAY)]
        jobs = self.env["it.kpi.job"].sudo()
        years = jobs.search([*under_way, ("cycle_id", "in", self.ids)]).cycle_id
        for cycle in self:
            cycle.is_being_opened = cycle in years.sudo(False)

    def _ask_to_be_opened(self):
        """Return the job that opens the year, after checking that it can be opened.

        Concurrent edits of the cycle, and concurrent openings, conflict and are retried.
        """
        self._check_opening()
        touch(self)
        return self.env["it.kpi.job"]._ask("opening", self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_being_opened(self):
        self._check_not_being_opened()

    def _check_not_being_opened(self):
        self.check_access("read")
        self.invalidate_recordset(["is_being_opened"])
        for cycle in self:
            if cycle.is_being_opened:
                raise UserError(
                    self.env._(
                        "%s is being opened in the background: wait for it, or have whoever asked "
                        "for it cancel the job.",
                        cycle.display_name,
                    )
                )

    def _check_is_open(self):
        """Raise a UserError unless forms can be filled and filed in these cycles.

        The cycles stay open until the end of the transaction.
        """
        share(self)
        for cycle in self:
            if cycle.state != "open":
                raise UserError(
                    self.env._(
                        "%(cycle)s is “%(state)s”: its forms can neither be filled nor filed now.",
                        cycle=cycle.display_name,
                        state=self._get_state_label(cycle.state),
                    )
                )

    def action_open(self, accepted=True):
        """Open the years at once, or by a long job where there are very many units.

        The screen asks in its dialog first whether the year is opened although units have no
        reporter or leader, or the bureau has no name; the log says what was missing.

        :param bool accepted: False to refuse in this case
        :return: the action that shows the job, if there is one
        :raise UserError: no units take part, the deadline has passed, or a job opens the year;
            something is missing that was not accepted
        :raise ValidationError: the rubric is incomplete
        """
        self._check_not_being_opened()
        for cycle in self:
            cycle._check_opening()
        if accepted:
            self._log_accepted()
        else:
            self._check_opening_accepted()
        large = self.filtered(lambda cycle: len(cycle.unit_ids) > OPENED_AT_ONCE)
        for cycle in self - large:
            cycle._open()
        jobs = [cycle._ask_to_be_opened() for cycle in large]
        return jobs[-1]._get_records_action() if jobs else None

    def _open(self):
        self._check_opening()
        self._move("open", rubric_id=self.source_rubric_id._freeze_for(self).id)
        self._create_forms()
        self.env.cr.execute(STATISTICS)

    def _check_opening(self):
        """Raise unless the current user can open the year now, and it is complete."""
        self._check_move("open")
        self._check_rubric_in_force()
        if not self.unit_ids:
            raise UserError(self.env._("Choose the units that take part first."))
        self._check_company(["unit_ids"])
        self._check_deadline()
        self.source_rubric_id._check_complete()

    def _check_rubric_in_force(self):
        if self.source_rubric_id.state not in RUBRIC_IN_FORCE:
            raise UserError(
                self.env._(
                    "The rubric %s is neither on trial nor effective. Choose another one.",
                    self.source_rubric_id.display_name,
                )
            )

    def _create_forms(self):
        """Create both forms, with a line per indicator, of every unit that has none."""
        self.ensure_one()
        self.env.flush_all()
        for query in create_forms_queries(self):
            self.env.execute_query(query)
        self.env.invalidate_all(flush=False)
        self._queue_duties()
