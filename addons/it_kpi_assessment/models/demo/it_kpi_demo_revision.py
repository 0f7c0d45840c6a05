from datetime import timedelta

from odoo import api, models


class ItKpiDemo(models.AbstractModel):
    """The published demonstration year was revised once: a grade had been entered wrongly."""

    _inherit = "it.kpi.demo"

    @api.model
    def _publish_with_revision(self, cycle, row, moment):
        """Publish; two weeks later correct a line of a unit's survey, and publish once more."""
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
