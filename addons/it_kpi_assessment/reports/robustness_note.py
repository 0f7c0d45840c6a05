"""排名稳健性说明: what single marks decide in the ranking of a year, for the leadership."""

from odoo import models

from ..tools.official_words import speak_chinese


class RobustnessNote(models.AbstractModel):
    """Prints the page 排名稳健性, without the part on assessors, which is for heads alone."""

    _name = "report.it_kpi_assessment.report_robustness"
    _description = "Note on the Robustness of the Ranking"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": self.env["it.kpi.cycle"].browse(docids),
            "get_page": self._get_page,
        }

    def _get_page(self, cycle):
        """Return what ``get_robustness`` returns, in Chinese.

        :raise AccessError: the user is neither a head nor of the leadership
        :raise UserError: a final is missing
        """
        return speak_chinese(self.env["it.kpi.robustness"]).get_robustness(cycle.id)
