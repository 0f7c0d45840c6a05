from odoo import models


class ItKpiSurveyLine(models.Model):
    """What a line lacks before the survey is signed: each returns a sentence, or nothing."""

    _inherit = "it.kpi.survey.line"

    def _find_unmarked(self):
        return not self.is_marked and self.env._("“%s” has no mark.", self.indicator_label)

    def _find_no_reason(self):
        """In a correction the other lines were confirmed as they are, and stay locked."""
        is_locked = self.form_id.in_correction and not self.in_correction
        return (
            self.lacks_reason
            and not is_locked
            and self.env._(
                "“%s” lies two or more grades from the unit's own: say why, as its remark.",
                self.indicator_label,
            )
        )
