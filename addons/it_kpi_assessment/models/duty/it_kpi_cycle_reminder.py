from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...const import ASSESSMENT_WITH_UNIT
from ...tools.roles import has_role


class ItKpiCycle(models.Model):
    """Reminders of a whole year, and the notices that were sent about it."""

    _inherit = "it.kpi.cycle"

    missing_count = fields.Integer(
        "Not Submitted",
        compute="_compute_missing_count",
        help="Self-assessments that are neither submitted nor recorded as not filed.",
    )
    late_count = fields.Integer("Late", compute="_compute_missing_count")

    @api.depends("assessment_ids.state", "assessment_ids.extended_until", "deadline")
    def _compute_missing_count(self):
        missing = self._get_missing()
        late = missing.filtered("is_late")
        for cycle in self:
            cycle.missing_count = len(missing.filtered(lambda form, of=cycle: form.cycle_id == of))
            cycle.late_count = len(late.filtered(lambda form, of=cycle: form.cycle_id == of))

    def _get_missing(self):
        """Return the forms of open cycles that are still to be submitted, with sudo."""
        return (
            self.env["it.kpi.assessment"]
            .sudo()
            .search(
                [
                    ("cycle_id", "in", self.ids),
                    ("cycle_id.state", "=", "open"),
                    ("state", "in", ASSESSMENT_WITH_UNIT),
                ]
            )
        )

    def action_remind(self):
        """Remind all who are late; while nobody is, all who have not submitted yet.

        :return: a notification that says how many were reminded
        :raise AccessError: the user is not of the division
        """
        self.check_access("read")
        missing = self._get_missing()
        return (missing.filtered("is_late") or missing).sudo(False).action_remind()

    def action_open_notices(self):
        """Open the notices that were sent about these years.

        :raise AccessError: the user is not of the division
        """
        self.check_access("read")
        if not has_role(self.env, "division", self.company_id):
            raise AccessError(self.env._("Only the informatization division reads the notices."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "it_kpi_assessment.it_kpi_notice_action"
        )
        return {**action, "domain": [("cycle_id", "in", self.ids)]}
