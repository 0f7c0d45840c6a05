"""Who can download a self-assessment to fill it offline, and when."""

from odoo import models
from odoo.exceptions import UserError

from ...offline.answers import get_answers
from ...offline.writer import CELL_LIMIT, build_offline_form


class ItKpiAssessment(models.Model):
    _inherit = "it.kpi.assessment"

    def action_download_offline(self):
        """Download the form as a workbook, to be filled in and uploaded again.

        :raise UserError: the user cannot fill this form now
        """
        self._check_offline()
        return {
            "type": "ir.actions.act_url",
            "url": f"/it_kpi_assessment/offline_form/{self.id}",
            "target": "download",
        }

    def _offline_workbook(self):
        """Return the form as bytes of an xlsx file, for the user who fills it."""
        self._check_offline()
        for line in self.line_ids:
            if max(map(len, get_answers(line).values())) > CELL_LIMIT:
                raise UserError(
                    self.env._(
                        "%(indicator)s says more than a cell can hold (%(limit)s characters). "
                        "Shorten it, or go on filling in the form here.",
                        indicator=line.indicator_label,
                        limit=CELL_LIMIT,
                    )
                )
        return build_offline_form(self)

    def _check_offline(self):
        """Raise unless the current user can fill this form now, offline or here."""
        self.ensure_one()
        self.check_access("read")
        reason = self._get_lock_reason()
        if reason:
            raise UserError(reason)
