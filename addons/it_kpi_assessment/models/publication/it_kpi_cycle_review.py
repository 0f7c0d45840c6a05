import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import ASSESSMENT_ENDED, FILED_STATE
from ...tools.locking import lock
from ...tools.roles import has_role
from ..score.scoring_queries import tampered_scores_query
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
    obstacles = fields.Text(
        compute="_compute_obstacles", help="What stands in the way of publication."
    )

    @api.depends("state", "assessment_ids.state", "survey_ids.state", "approved_by_id")
    @api.depends_context("uid", "lang")
    def _compute_obstacles(self):
        for cycle in self:
            visible = cycle.state == "review" and cycle._reads_obstacles()
            cycle.obstacles = "\n".join(cycle._get_obstacles()) if visible else False

    def _reads_obstacles(self):
        """Return whether the current user has a role that can remove obstacles."""
        return has_role(self.env, "division") or has_role(self.env, "head")

    def _get_obstacles(self):
        """Return a sentence for everything that prevents approval (R8)."""
        self.ensure_one()
        return [
            *self._get_missing_assessments(),
            *self._get_missing_surveys(),
            *self._get_unmarked_forms("assessment"),
            *self._get_unmarked_forms("survey"),
            *self._get_outdated_surveys(),
        ]

    def _get_missing_assessments(self):
        missing = self.sudo().assessment_ids.filtered(
            lambda form: form.state not in ASSESSMENT_ENDED
        )
        return [
            self.env._(
                "%s: the self-assessment is neither submitted nor recorded as not filed.", name
            )
            for name in missing.unit_id.mapped("name")
        ]

    def _get_missing_surveys(self):
        missing = self.sudo().survey_ids.filtered(lambda form: form.state != "confirmed")
        return [
            self.env._("%s: the survey is not confirmed.", name)
            for name in missing.unit_id.mapped("name")
        ]

    def _get_outdated_surveys(self):
        """Name the surveys with new gaps, but for that of the user's own unit (回避)."""
        outdated = self.sudo().survey_ids.filtered(lambda form: form._has_new_gaps())
        own = outdated.filtered(lambda form: self.env.user in form.unit_id.member_ids)
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

    def action_start_review(self):
        """Close filling and look at the ranking “if published now” (综合考评)."""
        self._move("start_review", **NOT_APPROVED)

    def action_resume(self, reason):
        """Go back from the review to filling; an approval is void."""
        reason = self._check_reason(reason)
        self._move("resume", reason, **NOT_APPROVED)

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

        :raise UserError: not approved, approved by the same person, or changed since
        """
        for cycle in self:
            cycle._check_move("publish")
            lock(cycle)  # of two concurrent calls the second one finds the year published
            cycle._check_publishable()
            cycle._check_approval()
            publication = cycle._create_publication(fields.Datetime.now())
            publication._freeze_scores()
            cycle._move("publish", publication_id=publication.id, revision_reason=False)
            publication._end_trial()

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
                    "The ranking changed after it was approved. The head has to approve it again."
                )
            )

    def _get_ranking_digest(self):
        """Return a fingerprint of all that would be published."""
        ranking = self.env["it.kpi.ranking"].sudo()
        ranking.invalidate_model()  # the cache does not know what changed under a query
        columns = ("unit_id", *SCORE_COLUMNS)
        rows = ranking.search_read([("cycle_id", "=", self.id)], columns, order="id", load=None)
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def _count_tampered_scores(self):
        """Count the lines whose stored score is not points x ratio of their grade (R1)."""
        self.env.flush_all()
        [[count]] = self.env.execute_query(tampered_scores_query(self.id))
        return count

    def _create_publication(self, moment):
        cycle = self.sudo()
        return cycle.env["it.kpi.publication"].create(
            {
                "cycle_id": cycle.id,
                "rubric_id": cycle.rubric_id.id,
                "revision": len(cycle.publication_ids) + 1,
                "reason": cycle.revision_reason,
                "approved_by_id": cycle.approved_by_id.id,
                "approved_at": cycle.approved_at,
                "published_by_id": self.env.uid,
                "published_at": moment,
            }
        )

    def _explain_filed(self):
        """Return how many forms an unpublished number is computed from so far."""
        return self.env._(
            "As it stands now: %(submitted)s of %(count)s self-assessments are filed or recorded "
            "as not filed, %(confirmed)s of %(count)s surveys are confirmed.",
            submitted=self.submitted_count,
            confirmed=self.confirmed_count,
            count=self.unit_count,
        )
