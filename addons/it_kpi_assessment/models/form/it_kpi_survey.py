from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
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
    _editable_depends = ("state", "cycle_id.state", "assessment_id.state")
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
        "reopen": Move(_lt("Reopen"), ("confirmed",), "draft", ("head",)),
    }

    state = fields.Selection(
        [("draft", "Being Graded"), ("confirmed", "Confirmed")],
        required=True,
        readonly=True,
        default="draft",
        group_expand=True,
        index=True,
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

    @api.constrains("assessor_ids")
    def _check_avoidance(self):
        """回避: users do not assess units that they belong to."""
        for survey in self.sudo():
            own = survey.assessor_ids & survey.unit_id.member_ids
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
        if user not in self.sudo().assessor_ids:
            roles.discard("assessor")
        if user in self.unit_id.sudo().member_ids:
            roles -= {"assessor", "head"}
        return roles

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

    def _get_editable_names(self):
        """Assessors are assigned before the unit has filed, everything else is written later."""
        names = super()._get_editable_names()
        return names if self.is_ready else names & {"assessor_ids"}

    def _get_edit_error(self, names):
        by_head = names == ["assessor_ids"] and not self._lacks_role(names)
        if by_head and self._is_open() and self.state != "draft":
            return self.env._("%s is confirmed. Reopen it to assign others.", self.display_name)
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
        for survey in self:
            survey._check_visited()
        self._check_all_marked()
        self._check_gaps_explained()
        if move == "confirm":
            self._check_all_signed()

    def _check_visited(self):
        if not self.is_ready:
            raise UserError(
                self.env._("%s has not submitted its self-assessment.", self.unit_id.name)
            )
        if not self.assessor_ids:
            raise UserError(self.env._("Assign assessors to %s first.", self.display_name))
        if not self.visit_date:
            raise UserError(
                self.env._(
                    "%s: an assessor has to fill in first on which day the unit was visited.",
                    self.display_name,
                )
            )

    def _check_gaps_explained(self):
        """Raise a UserError that names the lines whose gap to the unit's own grade has no reason.

        With sudo: the rule holds whatever the current user may read.
        """
        for survey in self.sudo():
            lines = survey.line_ids.filtered("lacks_reason")
            if lines:
                raise UserError(
                    self.env._(
                        "%(form)s: these lines lie two or more grades from the unit's own. "
                        "Give the reason for each as its remark:\n%(lines)s",
                        form=survey.display_name,
                        lines="\n".join(lines.mapped("indicator_id.form_label")),
                    )
                )

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

    def action_open_assessment(self):
        """Open the self-assessment of the same unit and year, as far as the user can read it."""
        self.ensure_one()
        return self.assessment_id._get_records_action()
