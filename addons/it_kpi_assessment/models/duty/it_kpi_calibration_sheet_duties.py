from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty


class ItKpiCalibrationSheet(models.Model):
    """Everybody grades their sheets while the round is open."""

    _inherit = "it.kpi.calibration.sheet"

    _duties = {
        "grade_sheet": Duty(("draft",), ("assessor", "head"), lambda sheet: sheet.is_open),
    }

    def _get_role_candidates(self, role):
        return self.user_id

    def _get_duty_dependents(self):
        return [self.sudo().calibration_id]
