from odoo import Command, models
from odoo.exceptions import UserError

from ...const import LEAST_DAYS
from ...tools.terms import get_earliest_deadline, get_latest_deadline
from ...tools.timezone import format_moment


class ItKpiCycle(models.Model):
    """What the division changes of an open year, with a reason: its deadline, and who joins.

    A deadline leaves the units the least time, so that nobody is cut off from filing.
    """

    _inherit = "it.kpi.cycle"

    def action_move_deadline(self, until, reason):
        """Give open years another deadline; a form that was extended keeps its own, if later.

        :param until: the new deadline (datetime, UTC)
        :raise UserError: there is no reason, the year is not open, or the deadline leaves less than
            the least time or is more than a year off
        """
        reason = self._check_reason(reason)
        until = self._parse_moment(until)
        self._check_move("move_deadline")
        for cycle in self:
            cycle._check_deadline(until)
        self._move("move_deadline", reason, deadline=until)

    def action_add_units(self, unit_ids, reason):
        """Let units of the bureau join an open year; each gets both forms, and the least time.

        :param unit_ids: ids of the units
        :raise UserError: there is no reason, the year is not open, or no unit is new
        """
        reason = self._check_reason(reason)
        self._check_move("add_units")
        units = self.env["it.kpi.unit"].browse(unit_ids).exists()
        units.check_access("read")
        for cycle in self:
            joining = units - cycle.unit_ids
            if not joining:
                raise UserError(self.env._("Choose units that do not take part yet."))
            commands = [Command.link(unit.id) for unit in joining]
            cycle._move("add_units", reason, unit_ids=commands)
            cycle._check_company(["unit_ids"])
            cycle._create_forms()
            cycle._welcome(joining)

    def _welcome(self, units):
        """Log which units joined, and see that they have time to fill their forms."""
        self._message_log(body=self.env._("Joined: %s", units.mapped("name")))
        forms = self.sudo().assessment_ids.filtered(lambda form: form.unit_id in units)
        forms._leave_time(self.env._("Joined the year"))

    def _check_deadline(self, moment=None):
        """Raise a UserError unless a deadline leaves the least time, and lies within reach.

        :param moment: the deadline to be set; by default those that the years have
        """
        earliest = get_earliest_deadline()
        for cycle in self:
            latest = get_latest_deadline(cycle.year)
            deadline = moment or cycle.deadline
            if not deadline or not earliest <= deadline <= latest:
                raise UserError(
                    self.env._(
                        "The deadline of %(cycle)s has to leave the units at least %(days)s days. "
                        "Choose one between %(earliest)s and %(latest)s.",
                        cycle=cycle.display_name,
                        days=LEAST_DAYS,
                        earliest=format_moment(earliest),
                        latest=format_moment(latest),
                    )
                )
