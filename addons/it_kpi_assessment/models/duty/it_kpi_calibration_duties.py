from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty


def is_all_handed_in(calibration):
    """Return whether nobody grades any more."""
    sheets = calibration.sudo().sheet_ids
    return bool(sheets) and all(sheet.state == "handed_in" for sheet in sheets)


class ItKpiCalibration(models.Model):
    """The division closes a round when all sheets are handed in."""

    _inherit = "it.kpi.calibration"

    _duties = {"close_calibration": Duty(("open",), ("division",), is_all_handed_in)}

    def _get_duty_dependents(self):
        return [self.sudo().sheet_ids]
