from odoo import models


class ItKpiSurvey(models.Model):
    """The lines of a survey that an objection corrects go back to its assessors."""

    _inherit = "it.kpi.survey"

    def _reopen_filed(self, cause):
        """Let the assessors correct the survey; all signatures below it are void."""
        self.write({"state": "draft", "confirmed_by_id": False, "confirmed_at": False})
        self._void_signatures(cause)
