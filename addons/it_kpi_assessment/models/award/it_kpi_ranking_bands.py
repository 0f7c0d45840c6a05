from odoo import api, models


class ItKpiRanking(models.Model):
    """The grades of the live ranking: “if published now”."""

    _inherit = "it.kpi.ranking"

    @api.depends("cycle_id", "unit_id", "final")
    def _compute_band(self):
        """Grade all units of a year at once: the quota is shared by them."""
        for cycle, scores in self.grouped("cycle_id").items():
            bands = cycle.sudo().rubric_id.band_ids
            grades = cycle._grade_units()
            for score in scores:
                grade = grades.get(score.unit_id.id)
                score.band = grade and bands[grade.given].name
                score.band_place = grade.given + 1 if grade else 0
                score.band_reached = grade and bands[grade.reached].name
                score.band_grounds = grade and ",".join(grade.grounds)
