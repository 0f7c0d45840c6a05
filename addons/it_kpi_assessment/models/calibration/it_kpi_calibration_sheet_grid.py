from odoo import api, fields, models


class ItKpiCalibrationSheet(models.Model):
    """After closing, everybody who graded sees their own marks against those of last year."""

    _inherit = "it.kpi.calibration.sheet"

    comparison = fields.Html(compute="_compute_comparison", sanitize=False)

    @api.depends("state", "calibration_id.state")
    @api.depends_context("uid", "lang")
    def _compute_comparison(self):
        """Of ``_origin``: clients may send another state."""
        for sheet in self:
            origin = sheet._origin
            calibration = origin.sudo().calibration_id
            is_shown = (
                calibration.state == "closed"
                and origin.sudo().state == "handed_in"
                and origin.has_access("read")
            )
            sheet.comparison = is_shown and calibration._render_grid(origin.sudo())
