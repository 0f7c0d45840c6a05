from odoo import models
from odoo.exceptions import UserError

from ...const import AT_ONCE
from ...tools.roles import reads_all

# What can be printed of all units of a year, and by which report.
OF_ALL_UNITS = {
    "assessment": "it_kpi_assessment.assessment_report",
    "self": "it_kpi_assessment.self_report",
    "survey": "it_kpi_assessment.survey_report",
    "result": "it_kpi_assessment.result_report",
}


class ItKpiCycle(models.Model):
    """Printing the forms of all units of a year, by a long job if there are many."""

    _inherit = "it.kpi.cycle"

    def action_print_all(self, what):
        """Print 附件2, 自评报告, 附件3 or 成绩单 of all units of the year that the user may read.

        :param what: a key of ``OF_ALL_UNITS``
        :return: the print, or a job if it takes long
        :raise UserError: there is nothing that the user may read
        """
        self.ensure_one()
        self.check_access("read")
        if what not in OF_ALL_UNITS or not reads_all(self.env, self.company_id):
            raise UserError(
                self.env._("You may not read the forms of all units. Print those of your own unit.")
            )
        report = self.env["ir.actions.report"]._get_report(OF_ALL_UNITS[what])
        domain = [("cycle_id", "=", self.id)]
        if report.model == "it.kpi.result":
            domain = [("publication_id", "=", self.publication_id.id)]
        records = self.env[report.model].search(domain)
        if not records:
            raise UserError(self.env._("There is nothing yet that you may read and print."))
        if len(records) > AT_ONCE:
            return self.env["it.kpi.job"]._ask("print", records, report)._get_records_action()
        return report.report_action(records, config=False)
