from datetime import timedelta

from odoo import models


class ItKpiDemo(models.AbstractModel):
    """The publication of the earlier year, and its revision: one grade had been entered wrongly."""

    _inherit = "it.kpi.demo"

    def _publish_with_revision(self, cycle, row, moment):
        """Publish; two weeks later correct a line of a unit's survey, and publish again."""
        self._publish(cycle, moment)
        later = moment + timedelta(days=15)
        cycle.write({"state": "review", "revision_reason": row["reason"]})
        survey = self._get_form(cycle.survey_ids, row)
        survey.state = "draft"
        survey.line_ids[row["line"] - 1].grade_id = cycle.rubric_id.grade_ids.filtered(
            lambda grade: grade.code == row["grade"]
        )
        self._confirm(survey, later - timedelta(days=1))
        self._as_signer(survey, self._get("user", "head"))._keep_signed_documents()
        self._publish(cycle, later)

    def _publish(self, cycle, moment):
        cycle.write({"approved_by_id": self._get("user", "head").id, "approved_at": moment})
        division = self._get("user", "division")
        publication = cycle.with_user(division)._create_publication(moment)
        publication._freeze_scores()
        cycle.write(
            {
                "state": "published",
                "publication_id": publication.id,
                "revision_reason": False,
                "notice_until": False,
            }
        )
        publication._end_trial()
