from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import AT_ONCE, JOB_UNDER_WAY
from ...tools.locking import touch
from ...tools.roles import reads_all

# What can be printed of all units of a year, and by which report.
OF_ALL_UNITS = {
    "assessment": "it_kpi_assessment.assessment_report",
    "self": "it_kpi_assessment.self_report",
    "survey": "it_kpi_assessment.survey_report",
    "result": "it_kpi_assessment.result_report",
}


class ItKpiCycle(models.Model):
    """What takes long in a large year is a job: opening it, printing all of its forms."""

    _inherit = "it.kpi.cycle"

    is_being_opened = fields.Boolean(
        compute="_compute_is_being_opened",
        help="A long job that opens the year is waiting or running.",
    )

    @api.depends("state")
    def _compute_is_being_opened(self):
        """Search with sudo: the job is visible to its requester only, its existence to all."""
        under_way = [("kind", "=", "opening"), ("state", "in", JOB_UNDER_WAY)]
        jobs = self.env["it.kpi.job"].sudo()
        years = jobs.search([*under_way, ("cycle_id", "in", self.ids)]).cycle_id
        for cycle in self:
            cycle.is_being_opened = cycle in years.sudo(False)

    def _ask_to_be_opened(self):
        """Return the job that opens the year, after checking that it can be opened.

        Concurrent edits of the cycle, and concurrent openings, conflict and are retried.
        """
        self._check_opening()
        self.source_rubric_id._check_complete()
        touch(self)
        return self.env["it.kpi.job"]._ask("opening", self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_being_opened(self):
        self._check_not_being_opened()

    def _check_not_being_opened(self):
        self.check_access("read")
        self.invalidate_recordset(["is_being_opened"])
        for cycle in self:
            if cycle.is_being_opened:
                raise UserError(
                    self.env._(
                        "%s is being opened in the background: wait for it, or have whoever asked "
                        "for it cancel the job.",
                        cycle.display_name,
                    )
                )

    def action_print_all(self, what):
        """Print 附件2, 自评报告, 附件3 or 成绩单 of all units of the year that the user may read.

        :param what: a key of ``OF_ALL_UNITS``
        :return: the print, or a job if it takes long
        :raise UserError: there is nothing that the user may read
        """
        self.ensure_one()
        self.check_access("read")
        if what not in OF_ALL_UNITS or not reads_all(self.env):
            raise UserError(self.env._("Only who reads the forms of all units prints them all."))
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
