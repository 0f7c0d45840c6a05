from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import LazyTranslate

from ...const import ASSESSMENT_ENDED
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

BY_ASSESSORS = Editable(("draft",), ("assessor",))


class ItKpiSurvey(models.Model):
    """实地调查考核评价表 (attachment 3): how the assessment group grades a unit on site."""

    _name = "it.kpi.survey"
    _inherit = ["it.kpi.people", "it.kpi.form"]
    _description = "On-Site Survey"

    _kind = "survey"
    _signed_reports = ("it_kpi_assessment.survey_report",)
    _form_label = _lt("survey")
    _editable_depends = (
        *("state", "cycle_id.state", "in_correction", "assessment_id.state", "visit_date"),
        *("line_ids.grade_id", "line_ids.not_applicable", "signature_ids"),
    )
    _editable = {
        "line_ids": BY_ASSESSORS,
        "visit_date": BY_ASSESSORS,
        "assessor_ids": Editable(("draft",), ("head",)),
    }
    _people = {"assessor_ids": ("assessor",)}
    _moves = {
        "sign": Move(_lt("Sign"), ("draft",), "draft", ("assessor",)),
        "withdraw_signature": Move(
            _lt("Withdraw the signature"), ("draft",), "draft", ("assessor",)
        ),
        "confirm": Move(_lt("Confirm"), ("draft",), "confirmed", ("head",)),
        "reassign": Move(_lt("Change the assessors"), ("draft",), "draft", ("head",)),
        "reopen": Move(_lt("Reopen"), ("confirmed",), "draft", ("head",)),
    }
    _moves_in_correction = ("sign", "withdraw_signature", "confirm", "reassign")

    state = fields.Selection(
        [
            ("draft", "Being Graded"),
            ("confirmed", "Confirmed"),
            ("withdrawn", "Withdrawn from the Year"),
        ],
        required=True,
        readonly=True,
        default="draft",
        group_expand=True,
        index=True,
    )
    stage = fields.Selection(
        [
            ("awaiting", "Waiting for the Self-Assessment"),
            ("unassigned", "Nobody Assigned"),
            ("draft", "Being Graded"),
            ("confirmed", "Confirmed"),
            ("withdrawn", "Withdrawn from the Year"),
        ],
        "Stands at",
        compute="_compute_stage",
        help="The state, and of a survey that is not begun what it waits for.",
    )
    line_ids = fields.One2many("it.kpi.survey.line", "form_id")
    assessment_id = fields.Many2one(
        "it.kpi.assessment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    is_ready = fields.Boolean(
        compute="_compute_is_ready", help="The unit has submitted, or is recorded as not filed."
    )
    assessor_ids = fields.Many2many(
        "res.users", "it_kpi_survey_assessor_rel", "survey_id", "user_id", string="Assessors"
    )
    former_member_ids = fields.Many2many(
        "res.users",
        "it_kpi_survey_former_member_rel",
        "survey_id",
        "user_id",
        string="Former Members of the Unit",
        readonly=True,
        copy=False,
        help="Who belonged to the unit after the year was opened, and left it. They do not assess "
        "it, and stay recused until publication (回避).",
    )
    visit_date = fields.Date("Visited On")
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_at = fields.Datetime("Confirmed On", readonly=True, copy=False)
    document_ids = fields.Many2many(
        relation="it_kpi_survey_document_rel", column1="form_id", column2="attachment_id"
    )

    @api.depends("assessment_id.state")
    def _compute_is_ready(self):
        """Read ``_origin`` with sudo: an assessor does not read the form before it is filed."""
        for survey in self:
            state = survey._origin.sudo().assessment_id.state
            survey.is_ready = state in ASSESSMENT_ENDED

    @api.depends("state", "is_ready", "assessor_ids")
    def _compute_stage(self):
        for survey in self:
            waits = "awaiting" if not survey.is_ready else "unassigned"
            is_waiting = survey.state == "draft" and not (survey.is_ready and survey.assessor_ids)
            survey.stage = waits if is_waiting else survey.state

    @api.constrains("assessor_ids")
    def _check_avoidance(self):
        """回避: users do not assess units that they belong to, or belonged to in that year."""
        for survey in self.sudo():
            own = survey.assessor_ids & survey._get_recused()
            if own:
                raise ValidationError(
                    self.env._(
                        "%(people)s belongs to %(unit)s and cannot assess it. Assign others.",
                        people=own.mapped("name"),
                        unit=survey.unit_id.name,
                    )
                )

    def _get_roles(self):
        """Assessors and heads hold their role for units that they do not belong to."""
        roles = super()._get_roles()
        user = self.env.user
        # Without the filter on active users: it costs a query, and the current user is active.
        if user not in self._origin.sudo().with_context(active_test=False).assessor_ids:
            roles.discard("assessor")
        if user in self._get_recused():
            roles -= {"assessor", "head"}
        return roles

    def _get_recused(self):
        """Return the people who belong to the unit, or did at any time since the year opened,
        also archived ones."""
        survey = self._origin.sudo().with_context(active_test=False)
        return survey.unit_id.member_ids | survey.former_member_ids

    def _keep_recused(self, people):
        """Keep the recusal of people who leave the unit of these surveys."""
        if people:
            self.sudo().write({"former_member_ids": [Command.link(user.id) for user in people]})

    def _get_lock_reason(self):
        reason = super()._get_lock_reason()
        if not reason and not self.is_ready:
            return self.env._(
                "%s has not submitted its self-assessment yet: the survey opens afterwards.",
                self.unit_id.name,
            )
        return reason

    def _get_role_lock_reason(self):
        return self.env._(
            "Only assessors assigned to %s fill this form, and never members of the unit.",
            self.unit_id.name,
        )

    def _get_state_lock_reason(self):
        return self.env._("%s is confirmed and locked.", self.display_name)

    def _get_line_lock_reason(self, line):
        reason = self._get_lock_reason()
        if not reason and self.in_correction and not line.in_correction:
            return self.env._(
                "No objection to %s was upheld: only the lines that a decision names can be "
                "changed.",
                line.indicator_label,
            )
        return reason

    def _get_editable_names(self):
        """Assessors are assigned before the unit has filed, everything else is written later.

        Once they have begun, they change by a move with a reason.
        """
        names = super()._get_editable_names()
        if not self.is_ready:
            return names & {"assessor_ids"}
        if self.in_correction:
            names.discard("visit_date")
        if "assessor_ids" in names and self._is_begun():
            names.discard("assessor_ids")
        return names

    def _is_begun(self):
        """Return whether the assessors have marked, dated or signed anything of the survey."""
        survey = self._origin.sudo()
        return bool(survey.visit_date or survey.signature_ids or survey.marked_count)

    def _get_edit_error(self, names):
        by_head = names == ["assessor_ids"] and not self._lacks_role(names)
        if by_head and self._is_open() and self.state != "draft":
            return self.env._("%s is confirmed. Reopen it to assign others.", self.display_name)
        if by_head and self._is_open():
            return self.env._(
                "The assessors of %s have begun. Use “Change the assessors”, with a reason.",
                self.display_name,
            )
        return super()._get_edit_error(names)

    def action_confirm(self, signature):
        """Confirm surveys that all assessors have signed, as head of the assessment group.

        :param str signature: the drawn signature of the head, an image in base64
        :raise UserError: the unit has not submitted, nobody is assigned, the visit has no date,
            a mark is missing, a grade far from the unit's own has no reason, or an assessor has
            not signed
        """
        self._check_signature(signature)
        self._check_signable("confirm")
        self._move("confirm", confirmed_by_id=self.env.uid, confirmed_at=fields.Datetime.now())
        self._add_signature(signature, is_head=True)
        self._keep_signed_documents()

    def _check_signable(self, move):
        """Raise unless the current user can sign now, and the survey is complete."""
        self._check_move(move)
        self._check_avoidance()
        self._check_complete(move)

    def _has_new_gaps(self):
        """Return whether the unit's own grades changed under a confirmed survey, so that there is
        a wide gap now that has no reason."""
        signed_at = self.assessment_id.signed_at
        return (
            self.state == "confirmed"
            and bool(signed_at and self.confirmed_at)
            and self.confirmed_at <= signed_at
            and any(self.line_ids.mapped("lacks_reason"))
        )

    def action_reopen(self, reason):
        """Reopen a confirmed survey to be corrected; all signatures below it are void."""
        reason = self._check_reason(reason)
        self._check_open()
        self._move("reopen", reason, confirmed_by_id=False, confirmed_at=False)
        self._void_signatures(self.env._("Reopened"))

    def action_reassign(self, assessor_ids, reason):
        """Change who grades surveys on which the assessors have begun; the log names them.

        :param assessor_ids: ids of all assessors from now on
        :raise UserError: there is no reason, or the survey is confirmed
        """
        reason = self._check_reason(reason)
        self._check_move("reassign")
        self._move("reassign", reason, assessor_ids=[Command.set(assessor_ids)])

    def action_open_assessment(self):
        """Open the self-assessment of the same unit and year, as far as the user can read it."""
        self.ensure_one()
        return self.assessment_id._get_records_action()
