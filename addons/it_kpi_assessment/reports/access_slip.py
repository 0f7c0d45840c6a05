"""首次登录通知单: what each person needs for the first access."""

from odoo import models

from .pictures.qr_code import draw_qr_code


class AccessSlip(models.AbstractModel):
    """The slips, one a person: login, link and its QR code; a password is never printed."""

    _name = "report.it_kpi_assessment.report_access"
    _description = "Slip of First Access"

    def _get_report_values(self, docids, data=None):
        """Return the slips; the accounts check that the user may see their links."""
        accounts = self.env["it.kpi.account"].browse(docids)
        return {
            "docs": accounts,
            "slips": [account._get_slip() for account in accounts],
            "draw_qr_code": draw_qr_code,
        }
