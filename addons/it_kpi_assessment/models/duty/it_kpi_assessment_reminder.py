from odoo import fields, models
from odoo.exceptions import AccessError

from ...const import ASSESSMENT_WITH_UNIT
from ...tools.roles import has_role


class ItKpiAssessment(models.Model):
    """Reminders that the division sends with one click, to units that have not submitted."""

    _inherit = "it.kpi.assessment"

    last_reminded_at = fields.Datetime(
        "Last Reminded",
        compute="_compute_last_reminded_at",
        groups="it_kpi_assessment.group_division",
        help="When somebody was last notified that this form is due.",
    )

    def _compute_last_reminded_at(self):
        """The division reads it in its own bureau."""
        own = self.filtered(lambda form: has_role(self.env, "division", form.company_id))
        groups = (
            self.env["it.kpi.notice"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", own.ids),
                    ("kind", "!=", "began"),
                ],
                ["res_id"],
                ["create_date:max"],
            )
        )
        moments = dict(groups)
        for form in self:
            form.last_reminded_at = moments.get(form.id, False)

    def action_remind(self):
        """Remind the users who have duties on these forms, nobody twice on one day.

        :return: a notification that says how many were reminded
        :raise AccessError: the user is not of the division
        """
        self.check_access("read")
        if not has_role(self.env, "division", self.company_id or self.env.company):
            raise AccessError(self.env._("Only the informatization division reminds units."))
        forms = self._as_system().filtered(
            lambda form: form.state in ASSESSMENT_WITH_UNIT and form.cycle_id.state == "open"
        )
        forms._sync_duties()
        activities = forms._get_activities()
        notices = self.env["it.kpi.notice"]._remind_now(activities)
        silent = forms.filtered(lambda form: form.id not in activities.mapped("res_id"))
        return self._get_reminding(activities.user_id, notices.user_id, silent)

    def _get_reminding(self, people, reminded, silent):
        """Return a notification: how many users were reminded now and before, and which units have
        nobody to remind."""
        sentences = [
            self.env._("%s people reminded.", len(reminded)),
            self.env._("%s had been told today already.", len(people - reminded)),
        ]
        if silent:
            sentences.append(
                self.env._("Name reporters and leaders of: %s.", silent.unit_id.mapped("name"))
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Reminders"),
                "message": " ".join(sentences),
                "type": "warning" if silent else "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
