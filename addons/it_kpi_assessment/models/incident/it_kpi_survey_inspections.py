from odoo import api, fields, models

from ...tools.counting import count_by


class ItKpiSurvey(models.Model):
    """The inspections of the unit in the year of the survey, for the smart button."""

    _inherit = "it.kpi.survey"

    inspection_count = fields.Integer("Inspections", compute="_compute_inspection_count")

    @api.depends_context("uid")
    def _compute_inspection_count(self):
        counts = count_by(self.env["it.kpi.inspection"], "survey_id", self)
        for survey in self:
            survey.inspection_count = counts.get(survey, 0)
