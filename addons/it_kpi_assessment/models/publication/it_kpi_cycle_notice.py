from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.locking import lock
from ...tools.terms import end_of_weekdays, get_earliest_deadline, get_latest_deadline
from ...tools.timezone import format_moment
from .it_kpi_cycle_review import NOT_APPROVED

# Moves that only years with a public notice make.
NOTICE_MOVES = ("propose", "approve_again", "renew_notice", "publish")


class ItKpiCycle(models.Model):
    """公示: the units read the result that the head approved before it is published.

    It is frozen as a publication of state “proposed”. While the notice lasts, nothing of the year
    changes but the lines of an objection that was upheld; who has to change something else
    withdraws the notice first. Years whose rubric has no days for it have none of this.
    """

    _inherit = "it.kpi.cycle"

    notice_days = fields.Integer(related="rubric_id.notice_days")
    proposal_id = fields.Many2one(
        "it.kpi.publication",
        "Proposed Result",
        readonly=True,
        copy=False,
        help="What the public notice shows.",
    )
    notice_until = fields.Datetime(
        "End of the Notice",
        readonly=True,
        copy=False,
        tracking=True,
        help="Until then the units read the proposed result and can object to it.",
    )
    is_notice_over = fields.Boolean(compute="_compute_is_notice_over")

    @api.depends("state", "notice_until")
    def _compute_is_notice_over(self):
        now = fields.Datetime.now()
        for cycle in self:
            until = cycle.notice_until
            cycle.is_notice_over = cycle.state == "proposed" and bool(until) and until <= now

    @api.depends(
        *("notice_until", "approved_by_id", "rubric_id.notice_days"),
        *("objection_ids.state", "objection_ids.carried_out_at"),
    )
    def _compute_allowed_moves(self):
        return super()._compute_allowed_moves()

    def _is_notice_move_due(self, name):
        """Return whether a move is what comes next, as far as the public notice is concerned."""
        if name not in NOTICE_MOVES:
            return True
        if self.state == "review":
            return bool(self.notice_days) == (name == "propose")
        if not self.is_notice_over or self._get_pending_objections():
            return False
        is_outdated = self._is_proposal_outdated()
        if name == "approve_again":
            return is_outdated and not self.approved_by_id
        return is_outdated == (name == "renew_notice")

    def action_propose(self):
        """Open the public notice of the result that the head approved: freeze it as a proposal.

        It lasts as many weekdays as the rubric says; the division may move its end.

        :raise UserError: the rubric has no days for a notice; not approved, approved by the same
            person, or changed since
        """
        for cycle in self:
            cycle._check_move("propose")
            lock(cycle)
            if not cycle.notice_days:
                raise UserError(
                    self.env._(
                        "The rubric of %s has no days for a public notice: publish the result.",
                        cycle.display_name,
                    )
                )
            cycle._propose("propose")

    def action_renew_notice(self):
        """Open the notice of a result that was corrected, for the units whose numbers changed.

        :raise UserError: the notice lasts, an objection is undecided or not carried out, none was
            upheld, or the head has not approved the corrected result
        """
        for cycle in self:
            cycle._check_move("renew_notice")
            lock(cycle)
            cycle._check_notice_over()
            cycle._check_corrected()
            cycle._propose("renew_notice", is_renewed=True)

    def action_approve_again(self):
        """Approve the result as it is corrected after an objection (组长审定).

        :raise UserError: the notice lasts, an objection is undecided or not carried out, or none
            was upheld
        """
        for cycle in self:
            cycle._check_move("approve_again")
            cycle._check_notice_over()
            cycle._check_corrected()
            cycle._check_publishable()
            cycle._move(
                "approve_again",
                approved_by_id=self.env.uid,
                approved_at=fields.Datetime.now(),
                approved_digest=cycle._get_ranking_digest(),
            )

    def action_move_notice_end(self, until, reason):
        """Give public notices another end, because a holiday lies in them.

        :param until: the new end (datetime, UTC)
        :raise UserError: there is no reason, no notice lasts, or the end is earlier than it was and
            leaves less than the least time
        """
        reason = self._check_reason(reason)
        until = self._parse_moment(until)
        self._check_move("move_notice_end")
        for cycle in self:
            earliest = max(min(get_earliest_deadline(), cycle.notice_until), fields.Datetime.now())
            latest = get_latest_deadline(cycle.year)
            if not earliest <= until <= latest:
                raise UserError(
                    self.env._(
                        "A public notice ends between %(earliest)s and %(latest)s.",
                        earliest=format_moment(earliest),
                        latest=format_moment(latest),
                    )
                )
        self._move("move_notice_end", reason, notice_until=until)

    def action_withdraw_notice(self, reason):
        """Withdraw public notices: the years are under review again, and are approved anew.

        Objections that were filed are decided all the same.
        """
        reason = self._check_reason(reason)
        self._move("withdraw_notice", reason, proposal_id=False, notice_until=False, **NOT_APPROVED)

    def _propose(self, move, is_renewed=False):
        """Freeze the approved ranking as a proposal, and tell the units that read it."""
        self._check_publishable()
        self._check_differs()
        self._check_approval()
        now = fields.Datetime.now()
        until = end_of_weekdays(now, self.notice_days)
        publications = self.sudo().publication_ids
        proposal = publications._insert_for(self, now, until, is_renewed)
        proposal._freeze_scores()
        self._move(move, proposal_id=proposal.id, notice_until=until)
        self._tell_of_notice()

    def _check_noticed(self):
        """Raise a UserError unless the year can be published: its notice, if it has one, is over.

        A proposal that an objection corrected needs another notice.
        """
        if self.state == "review" and self.notice_days:
            raise UserError(
                self.env._(
                    "The rubric of %s demands a public notice before the publication.",
                    self.display_name,
                )
            )
        if self.state == "proposed":
            self._check_notice_over()
            if self._is_proposal_outdated():
                raise UserError(
                    self.env._(
                        "An objection was upheld: the head approves the corrected result, and the "
                        "division renews the public notice first."
                    )
                )

    def _check_notice_over(self):
        if not self.is_notice_over:
            raise UserError(
                self.env._(
                    "The public notice of %(cycle)s lasts until %(until)s.",
                    cycle=self.display_name,
                    until=format_moment(self.notice_until),
                )
            )

    def _check_corrected(self):
        """Raise a UserError unless an objection to the proposal was upheld."""
        if not self._is_proposal_outdated():
            raise UserError(
                self.env._(
                    "Since the public notice of %s was opened no objection was upheld: the result "
                    "is as it was proposed.",
                    self.display_name,
                )
            )

    def _tell_of_notice(self):
        """Notify reporters and leaders of the units that the current proposal concerns."""
        results = self.sudo().proposal_id._get_concerned()
        people = (results.unit_id.reporter_ids | results.unit_id.leader_ids).filtered("active")
        for lang, users in people.grouped("lang").items():
            cycle = self.with_context(lang=lang)
            cycle.sudo().message_notify(
                partner_ids=users.partner_id.ids,
                subject=cycle.env._("Public notice: %s", cycle.display_name),
                body=cycle.env._(
                    "The proposed result of your unit can be read under “My Unit”, Results. "
                    "Objections can be filed until %s.",
                    format_moment(cycle.notice_until),
                ),
                email_layout_xmlid="mail.mail_notification_light",
                force_send=False,
            )
