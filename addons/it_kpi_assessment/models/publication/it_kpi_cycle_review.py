import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import ASSESSMENT_WITH_UNIT, CYCLE_REVIEWED, FILED_STATE
from ...tools.locking import lock
from ...tools.roles import get_held_roles
from ...tools.text import is_blank
from ..score.mark_queries import (
    marks_digest_query,
    tampered_scores_query,
    tampered_totals_query,
)
from .change_queries import SCORE_COLUMNS

NOT_APPROVED = dict.fromkeys(("approved_by_id", "approved_at", "approved_digest"), False)


class ItKpiCycle(models.Model):
    """From filling to the published result: 综合考评, 组长审定, publication (R8, R11)."""

    _inherit = "it.kpi.cycle"

    publication_ids = fields.One2many("it.kpi.publication", "cycle_id", readonly=True)
    publication_id = fields.Many2one(
        "it.kpi.publication", "Current Publication", readonly=True, copy=False
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    approved_at = fields.Datetime("Approved On", readonly=True, copy=False)
    approved_digest = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Fingerprint of the ranking that was approved.",
    )
    filling_closed_at = fields.Datetime(
        readonly=True, copy=False, help="When the review began: nobody files while it lasts."
    )
    obstacles = fields.Text(
        compute="_compute_obstacles", help="What stands in the way of publication."
    )

    @api.depends(
        *("state", "assessment_ids.state", "survey_ids.state", "approved_by_id"),
        *("objection_ids.state", "objection_ids.carried_out_at"),
    )
    @api.depends_context("uid", "lang")
    def _compute_obstacles(self):
        for cycle in self:
            visible = cycle.state in CYCLE_REVIEWED and cycle._reads_obstacles()
            cycle.obstacles = "\n".join(cycle._get_obstacles()) if visible else False

    def _reads_obstacles(self):
        """Return whether the current user has a role that can remove obstacles."""
        return not get_held_roles(self.env, self.company_id).isdisjoint(("division", "head"))

    def _get_obstacles(self):
        """Return a sentence for everything that prevents approval (R8)."""
        self.ensure_one()
        return [
            *self._get_lack_of_units(),
            *self._get_missing_forms(),
            *self._get_unmarked_forms("assessment"),
            *self._get_unmarked_forms("survey"),
            *self._get_outdated_surveys(),
            *self._get_pending_objections(),
        ]

    def _get_lack_of_units(self):
        if self.unit_count:
            return []
        return [self.env._("All units were withdrawn from the year: there is nothing to publish.")]

    def _get_missing_forms(self):
        """Return a sentence for every form that is neither filed nor recorded as not filed."""
        return [*self._get_missing_assessments(), *self._get_missing_surveys()]

    def _get_missing_assessments(self):
        missing = self.sudo().assessment_ids.filtered(
            lambda form: form.state in ASSESSMENT_WITH_UNIT
        )
        return [
            self.env._(
                "%s: the self-assessment is neither submitted nor recorded as not filed.", name
            )
            for name in missing.unit_id.mapped("name")
        ]

    def _get_missing_surveys(self):
        missing = self.sudo().survey_ids.filtered(lambda form: form.state == "draft")
        return [
            self.env._("%s: the survey is not confirmed.", name)
            for name in missing.unit_id.mapped("name")
        ]

    def _get_outdated_surveys(self):
        """Name the surveys with new gaps, but for that of the user's own unit (回避).

        During a public notice there are none: the decision on an objection is the reason.
        """
        if self.state == "proposed":
            return []
        outdated = self.sudo().survey_ids.filtered(lambda form: form._has_new_gaps())
        own = outdated.filtered(lambda form: self.env.user in form._get_recused())
        sentences = [
            self.env._(
                "%s was confirmed before the unit submitted as it stands now. Grades two or more "
                "from the unit's own have no reason: reopen it.",
                survey.display_name,
            )
            for survey in outdated - own
        ]
        if own:
            sentences.append(
                self.env._("Another head of the assessment group has to look at a survey.")
            )
        return sentences

    def _get_unmarked_forms(self, kind):
        """Name filed forms with a line that has no mark: it would get a mean by mistake."""
        groups = (
            self.env[f"it.kpi.{kind}.line"]
            .sudo()
            ._read_group(
                [
                    ("cycle_id", "=", self.id),
                    ("form_id.state", "=", FILED_STATE[kind]),
                    ("grade_id", "=", False),
                    ("not_applicable", "=", False),
                ],
                ["form_id"],
            )
        )
        return [
            self.env._("%s has lines without a mark. Return or reopen it.", form.display_name)
            for [form] in groups
        ]

    def action_start_review(self, reason=None):
        """Close filling and look at the ranking “if published now” (综合考评).

        :param str reason: why filling is closed although forms are missing; stands in the log
        :raise UserError: forms are missing, and there is no reason
        """
        self._check_move("start_review")
        for cycle in self:
            missing = cycle._get_missing_forms()
            if missing and is_blank(reason):
                raise UserError(
                    self.env._(
                        "Not everything is in. Give a reason to start the review all the same.\n%s",
                        "\n".join(missing),
                    )
                )
        reason = None if is_blank(reason) else self._check_reason(reason)
        now = fields.Datetime.now()
        self._move("start_review", reason, filling_closed_at=now, **NOT_APPROVED)
        self.sudo()._note_unfinished()

    def action_resume(self, reason):
        """Go back from the review to filling; an approval is void.

        Units that could still file when the review began have time to.
        """
        reason = self._check_reason(reason)
        self._move("resume", reason, **NOT_APPROVED)
        for cycle in self.sudo():
            cycle._give_time_back(reason)

    def _give_time_back(self, reason):
        """Leave time to the units that could still file when the review began."""
        began = self.filling_closed_at
        waiting = self.assessment_ids.filtered(lambda form: form.state in ASSESSMENT_WITH_UNIT)
        if began:
            interrupted = waiting.filtered(lambda form: form.deadline and form.deadline >= began)
            interrupted._leave_time(reason)

    def action_approve(self):
        """Approve the ranking as it stands (组长审定).

        :raise UserError: a form is neither filed nor 未报
        """
        for cycle in self:
            cycle._check_move("approve")
            cycle._check_publishable()
            cycle._move(
                "approve",
                approved_by_id=self.env.uid,
                approved_at=fields.Datetime.now(),
                approved_digest=cycle._get_ranking_digest(),
            )

    def action_publish(self):
        """Publish the ranking that the head approved: freeze it into rows (R11).

        Where the rubric has days for a public notice (公示), the notice comes first.

        :raise UserError: not approved, approved by the same person, or changed since; the notice is
            missing or lasts, or an objection is undecided or not carried out
        """
        for cycle in self:
            cycle._check_move("publish")
            lock(cycle)  # of two concurrent calls the second one finds the year published
            cycle._check_publishable()
            cycle._check_noticed()
            cycle._check_differs()
            cycle._check_approval()
            publication = cycle._create_publication(fields.Datetime.now())
            publication._freeze_scores()
            cycle._move(
                "publish",
                publication_id=publication.id,
                revision_reason=False,
                proposal_id=False,
                notice_until=False,
            )
            publication._end_trial()
            cycle._void_awards()

    def _check_publishable(self):
        obstacles = self._get_obstacles()
        if obstacles:
            raise UserError("\n".join(obstacles))
        if self._count_tampered_scores():
            raise UserError(
                self.env._(
                    "The points of some lines do not follow from their grades. They were changed "
                    "past the system: have the administrator look into it before publishing."
                )
            )

    def _check_approval(self):
        cycle = self.sudo()
        if not cycle.approved_by_id:
            raise UserError(self.env._("The head of the assessment group approves first."))
        if cycle.approved_by_id == self.env.user:
            raise UserError(self.env._("Approval and publication are for two different people."))
        if cycle.approved_digest != self._get_ranking_digest():
            raise UserError(
                self.env._(
                    "The ranking or its marks changed after it was approved. The head has to "
                    "approve it again."
                )
            )

    def _get_ranking_digest(self):
        """Return a fingerprint of the ranking, of what its units are called, of all marks, and of
        the units' grades if there are some."""
        ranking = self.env["it.kpi.ranking"].sudo()
        ranking.invalidate_model()  # the cache does not know what changed under a query
        columns = ("unit_id", "unit_name", "unit_short_name", "unit_kind", *SCORE_COLUMNS)
        rows = ranking.search_read([("cycle_id", "=", self.id)], columns, order="id", load=None)
        self.env.flush_all()
        [[marks]] = self.env.execute_query(marks_digest_query(self.id))
        approved = (rows, marks, *self._get_band_rows())
        return hashlib.sha256(repr(approved).encode()).hexdigest()

    def _count_tampered_scores(self):
        """Count the lines whose stored score is not points x ratio of their grade (R1), and the
        filed forms whose stored sum is not that of their lines."""
        self.env.flush_all()
        queries = tampered_scores_query(self.id), tampered_totals_query(self.id)
        return sum(self.env.execute_query(query)[0][0] for query in queries)

    def _create_publication(self, moment):
        return self.sudo().publication_ids._insert_for(self, moment)

    def _explain_filed(self):
        """Return how many forms an unpublished number is computed from so far."""
        return self.env._(
            "As it stands now: %(submitted)s of %(count)s self-assessments are filed or recorded "
            "as not filed, %(confirmed)s of %(count)s surveys are confirmed.",
            submitted=self.submitted_count,
            confirmed=self.confirmed_count,
            count=self.unit_count,
        )
