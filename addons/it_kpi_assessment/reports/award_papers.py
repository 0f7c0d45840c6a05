"""资金分配建议, 建议通报表扬名单: what their prints show besides the fields of the records."""

from odoo import models

from ..award.award_words import UNIT_KINDS, describe_allocation, describe_award_state, name_award
from ..tools.official_words import speak_chinese


class AllocationTable(models.AbstractModel):
    """资金分配建议表: the amounts of all units, each with how it came about."""

    _name = "report.it_kpi_assessment.report_allocation"
    _description = "Table of Proposed Funds"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": speak_chinese(self.env["it.kpi.allocation"]).browse(docids),
            "describe": describe_allocation,
            "describe_state": describe_award_state,
            "add_up": lambda lines, name: sum(lines.mapped(name)),
        }


class CommendationList(models.AbstractModel):
    """建议通报表扬名单: the units that are listed, and why the leadership changed the list."""

    _name = "report.it_kpi_assessment.report_commendation"
    _description = "List of Units Proposed for Commendation"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": speak_chinese(self.env["it.kpi.commendation"]).browse(docids),
            "describe_state": describe_award_state,
            "name_award": name_award,
            "kinds": UNIT_KINDS,
        }
