from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.locking import touch
from ...tools.roles import READERS_OF_ALL
from .it_kpi_job import UNDER_WAY

# So many documents are printed while the user waits; the web client gets it in session_info.
AT_ONCE = 50
# Units whose forms are laid out while somebody waits: some three seconds.
OPENED_AT_ONCE = 5000
# What can be printed of all units of a year, and by which report.
OF_ALL_UNITS = {
    "assessment": "it_kpi_assessment.assessment_report",
    "self": "it_kpi_assessment.self_report",
    "survey": "it_kpi_assessment.survey_report",
    "result": "it_kpi_assessment.result_report",
}


class ItKpiCycle(models.Model):
    """What takes long in a large year is done by a job: opening it, printing all of its forms."""

    _inherit = "it.kpi.cycle"

    is_being_opened = fields.Boolean(
        compute="_compute_is_being_opened", help="A long job will open the year, or is at it."
    )

    @api.depends("state")
    def _compute_is_being_opened(self):
        """Look with sudo: the job is for whoever asked alone, that there is one is no secret."""
        under_way = [("kind", "=", "opening"), ("state", "in", UNDER_WAY)]
        jobs = self.env["it.kpi.job"].sudo()
        years = jobs.search([*under_way, ("cycle_id", "in", self.ids)]).cycle_id
        for cycle in self:
            cycle.is_being_opened = cycle in years.sudo(False)

    def _is_move_allowed(self, name):
        allowed = super()._is_move_allowed(name)
        return allowed and not (name == "open" and self.is_being_opened)

    def action_open(self):
        """Open the years at once, or have a job do so where there are very many units.

        :return: the action that shows the job, if there is one
        """
        self._check_not_being_opened()
        large = self.filtered(lambda cycle: len(cycle.unit_ids) > OPENED_AT_ONCE)
        super(ItKpiCycle, self - large).action_open()
        jobs = [cycle._ask_to_be_opened() for cycle in large]
        return jobs[-1]._get_records_action() if jobs else None

    def _ask_to_be_opened(self):
        """Return the job that opens the year, once all is well with it.

        Who began to change the year before, or to open it as well, has to begin again.
        """
        self._check_opening()
        self.source_rubric_id._check_complete()
        touch(self)
        return self.env["it.kpi.job"]._ask("opening", self)

    def write(self, vals):
        if not self.env.su and vals.keys() & self._settings["draft"]:
            self._check_not_being_opened()
        return super().write(vals)

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
        """Print 附件2, 自评报告, 附件3 or 成绩单 of all units of the year, as far as he reads them.

        :param what: a key of ``OF_ALL_UNITS``
        :return: the print, or a job if it takes long
        :raise UserError: there is nothing that the user may read
        """
        self.ensure_one()
        self.check_access("read")
        if what not in OF_ALL_UNITS or not any(map(self._has_role, READERS_OF_ALL)):
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
