from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...const import (
    ASSESSMENT_ENDED,
    ASSESSMENT_WITH_UNIT,
    LEAST_DAYS,
    REASON_LENGTH,
    UNIT_STAFF,
)
from ...tools.terms import get_earliest_deadline, get_latest_deadline, get_proposed_deadline
from ...tools.timezone import format_moment
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

# What the unit fills in: until its leader signs, and when the form is returned.
BY_UNIT = Editable(("draft", "returned"), UNIT_STAFF)


class ItKpiAssessment(models.Model):
    """自评表 (attachment 2): how a unit grades itself in one cycle (article 5)."""

    _name = "it.kpi.assessment"
    _inherit = ["it.kpi.form", "it.kpi.signed"]
    _description = "Self-Assessment"

    _kind = "assessment"
    _signed_reports = ("it_kpi_assessment.assessment_report", "it_kpi_assessment.self_report")
    _form_label = _lt("self-assessment")
    _drawn = {"signature": "signed_at"}
    _editable = dict.fromkeys(("line_ids", "report_opening", "report_closing"), BY_UNIT)
    _moves = {
        "hand_over": Move(_lt("Hand over to sign"), BY_UNIT.states, "to_sign", UNIT_STAFF),
        "recall": Move(_lt("Take back"), ("to_sign",), "draft", ("reporter",)),
        "take_back": Move(_lt("Hand back"), ("to_sign",), "draft", ("leader",)),
        "submit": Move(_lt("Sign and submit"), ("to_sign",), "submitted", ("leader",)),
        "return": Move(_lt("Return"), ("submitted",), "returned", ("division",)),
        "record_unfiled": Move(
            _lt("Record as not filed"), ASSESSMENT_WITH_UNIT, "unfiled", ("division",)
        ),
        "withdraw_unfiled": Move(_lt("Withdraw not filed"), ("unfiled",), "draft", ("division",)),
        "withdraw": Move(
            _lt("Withdraw from the year"),
            (*ASSESSMENT_WITH_UNIT, *ASSESSMENT_ENDED),
            "withdrawn",
            ("division",),
        ),
        "rejoin": Move(_lt("Take back into the year"), ("withdrawn",), "draft", ("division",)),
    }
    _moves_in_review = ("withdraw", "rejoin")
    _moves_in_correction = ("hand_over", "take_back", "submit")

    state = fields.Selection(
        [
            ("draft", "Being Filled In"),
            ("to_sign", "To Sign"),
            ("submitted", "Submitted"),
            ("returned", "Returned"),
            ("unfiled", "Not Filed"),
            ("withdrawn", "Withdrawn from the Year"),
        ],
        required=True,
        readonly=True,
        default="draft",
        group_expand=True,
        index=True,
    )
    line_ids = fields.One2many("it.kpi.assessment.line", "form_id")
    survey_ids = fields.One2many("it.kpi.survey", "assessment_id")
    extended_until = fields.Datetime(readonly=True, copy=False)
    deadline = fields.Datetime(compute="_compute_deadline")
    is_late = fields.Boolean(compute="_compute_deadline")
    handed_over_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    signature = fields.Binary("Leader's Signature", attachment=True, readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    signed_at = fields.Datetime("Signed On", readonly=True, copy=False)
    document_ids = fields.Many2many(
        relation="it_kpi_assessment_document_rel", column1="form_id", column2="attachment_id"
    )
    unfiled_reason = fields.Char(
        "Reason for Not Filed",
        readonly=True,
        copy=False,
        max_length=REASON_LENGTH,
        multiline=True,
    )
    report_opening = fields.Text(
        "Opening",
        copy=False,
        help="Opening of the self-assessment report. Left empty, the proposal is printed.",
    )
    report_closing = fields.Text(
        "Closing",
        copy=False,
        help="Closing of the self-assessment report. Left empty, the proposal is printed.",
    )
    proposed_opening = fields.Text(compute="_compute_proposed_texts")
    proposed_closing = fields.Text(compute="_compute_proposed_texts")

    @api.depends("cycle_id.deadline", "extended_until", "state")
    def _compute_deadline(self):
        now = fields.Datetime.now()
        for form in self:
            moments = [form.cycle_id.deadline, form.extended_until]
            form.deadline = max(filter(None, moments), default=False)
            form.is_late = (
                form.state in ASSESSMENT_WITH_UNIT and bool(form.deadline) and form.deadline < now
            )

    @api.depends("unit_name", "cycle_id.year", "rubric_id.document")
    def _compute_proposed_texts(self):
        """Propose the texts of the report, which is an official document and so Chinese."""
        for form in self:
            unit, year, document = form.unit_name, form.cycle_id.year, form.rubric_id.document
            number = f"（{document}）" if document else ""
            form.proposed_opening = (
                f"根据《信息化绩效考核管理办法（试行）》{number}要求，{unit}对照《信息化绩效考核"
                f"评价细则》，逐项自评了{year}年度信息化工作，现将结果报告如下。"
            )
            form.proposed_closing = (
                f"以上为{unit}{year}年度信息化绩效考核自评情况，相关佐证材料随自评表一并上报。"
                "特此报告。"
            )

    def _get_roles(self):
        """Reporters and leaders hold their role for their own unit only."""
        roles = super()._get_roles()
        # Without the filter on active users: it costs a query, and the current user is active.
        unit = self.unit_id.sudo().with_context(active_test=False)
        staff = roles.intersection(UNIT_STAFF)
        return roles - {role for role in staff if self.env.user not in unit[f"{role}_ids"]}

    def _get_role_lock_reason(self):
        return self.env._("Only reporters and leaders of %s fill this form.", self.unit_id.name)

    def _get_line_lock_reason(self, line):
        reason = self._get_lock_reason()
        if not reason and self.state == "returned" and not line.returned:
            return self.env._(
                "%s was not returned: only the returned lines can be changed.",
                line.indicator_label,
            )
        return reason

    def _get_target(self, name):
        """Return “returned” for a form that was returned before: only those lines unlock.

        The form of a unit that is taken back into the year goes on as it was.
        """
        if name == "rejoin" and self.withdrawn_from:
            return self.withdrawn_from
        if name in ("recall", "take_back", "withdraw_unfiled") and any(
            self.line_ids.mapped("returned")
        ):
            return "returned"
        return super()._get_target(name)

    def action_return(self, reasons, extended_until=None):
        """Return the form to the unit; only the lines named unlock, and the signature is void.

        :param dict reasons: a reason per line: ``{line id: "why"}``
        :param extended_until: when the unit must have submitted again; needed where the deadline
            leaves less than the least time
        """
        self.ensure_one()
        self._check_move("return")
        reasons = {str(line_id): self._check_reason(why) for line_id, why in reasons.items()}
        lines = self.line_ids.filtered(lambda line: str(line.id) in reasons)
        if not lines or len(lines) != len(reasons):
            raise UserError(self.env._("Choose the lines of this form that are returned."))
        if extended_until:
            self._extend(extended_until, "；".join(reasons.values()))
        self._check_time_to_answer()
        self._move(
            "return",
            "；".join(f"{line.indicator_label}：{reasons[str(line.id)]}" for line in lines),
            signature=False,
            signed_by_id=False,
            signed_at=False,
        )
        for line in lines.sudo():
            line.write({"returned": True, "return_reason": reasons[str(line.id)]})

    def action_record_unfiled(self, reason):
        """Record as 未报: the form totals 0 and feeds no mean (R8).

        :raise UserError: there is no reason, or the unit can still file
        """
        reason = self._check_reason(reason)
        self._check_open()
        self._check_move("record_unfiled")
        self._check_overdue()
        self._move("record_unfiled", reason, unfiled_reason=reason)

    def action_withdraw_unfiled(self, reason):
        """Withdraw 未报, recorded by mistake: the unit can fill and file again, and has time to."""
        reason = self._check_reason(reason)
        self._check_open()
        self._move("withdraw_unfiled", reason, unfiled_reason=False)
        self._leave_time(reason)

    def action_extend(self, until, reason):
        """Give these forms a later deadline, with a reason.

        :param until: the moment when the extension ends (datetime, UTC)
        :raise UserError: the user is not of the division, the form is filed, or ``until`` is no
            later than now and the deadline, or more than a year off
        """
        reason = self._check_reason(reason)
        self._check_open()
        for form in self:
            if "division" not in form._get_roles():
                raise UserError(self.env._("Only the informatization division extends a deadline."))
            if form.state not in ASSESSMENT_WITH_UNIT:
                raise UserError(
                    self.env._(
                        "%(form)s is “%(state)s”: there is nothing to extend.",
                        form=form.display_name,
                        state=form._get_state_label(form.state),
                    )
                )
            form._extend(until, reason)

    def _extend(self, until, reason):
        until = self._parse_moment(until)
        latest = get_latest_deadline(self.cycle_id.year)
        if not max(fields.Datetime.now(), self.deadline) < until <= latest:
            raise UserError(
                self.env._(
                    "An extension must end in the future, later than the deadline, and not after "
                    "%s.",
                    format_moment(latest),
                )
            )
        self.sudo().extended_until = until
        self._message_log(
            body=self.env._(
                "Extended until %(until)s. Reason: %(reason)s",
                until=format_moment(until),
                reason=reason,
            )
        )

    def _leave_time(self, reason):
        """Extend the forms whose deadline leaves less than the least time, and log it."""
        for form in self:
            if form.deadline < get_earliest_deadline():
                form._extend(get_proposed_deadline(), reason)

    def _check_time_to_answer(self):
        if self.deadline < get_earliest_deadline():
            raise UserError(
                self.env._(
                    "The deadline of %(form)s is %(deadline)s: that leaves the unit less than "
                    "%(days)s days. Say until when it may submit again.",
                    form=self.display_name,
                    deadline=format_moment(self.deadline),
                    days=LEAST_DAYS,
                )
            )

    def _is_overdue(self):
        return not self.deadline or self.deadline < fields.Datetime.now()

    def _check_overdue(self):
        for form in self:
            if not form._is_overdue():
                raise UserError(
                    self.env._(
                        "%(form)s can be submitted until %(deadline)s. Only then it is recorded as "
                        "not filed.",
                        form=form.display_name,
                        deadline=format_moment(form.deadline),
                    )
                )

    @api.depends("deadline")
    def _compute_allowed_moves(self):
        return super()._compute_allowed_moves()

    def _is_move_allowed(self, name):
        """未报 is for forms whose own deadline has passed."""
        return super()._is_move_allowed(name) and (name != "record_unfiled" or self._is_overdue())

    def action_open_survey(self):
        """Open the survey of the same unit and year, as far as the user can read it."""
        self.ensure_one()
        return self.survey_ids._get_records_action()
