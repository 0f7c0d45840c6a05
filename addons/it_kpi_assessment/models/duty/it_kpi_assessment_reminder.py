"""Reminding by hand: those who have not submitted, with one click (the division)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

MISSING = ("draft", "to_sign", "returned")


class ItKpiAssessment(models.Model):
    _inherit = "it.kpi.assessment"

    last_reminded_at = fields.Datetime(
        "Last Reminded",
        compute="_compute_last_reminded_at",
        groups="it_kpi_assessment.group_division",
        help="When somebody was last notified that this form is due.",
    )

    def _compute_last_reminded_at(self):
        groups = (
            self.env["it.kpi.notice"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
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
        """Remind those for whom these forms wait, and nobody twice on one day.

        :return: a notification that tells how many were reminded
        :raise AccessError: the user is not of the division
        """
        self.check_access("read")
        if not self._has_role("division"):
            raise AccessError(self.env._("Only the informatization division reminds units."))
        forms = self._as_system().filtered(
            lambda form: form.state in MISSING and form.cycle_id.state == "open"
        )
        forms._settle_duties()
        activities = forms._get_activities()
        notices = self.env["it.kpi.notice"]._remind_now(activities)
        silent = forms.filtered(lambda form: form.id not in activities.mapped("res_id"))
        return self._get_reminding(activities.user_id, notices.user_id, silent)

    def _get_reminding(self, people, reminded, silent):
        """Return a notification: who was reminded, who before, and for which forms nobody works."""
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


class ItKpiCycle(models.Model):
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
        """Return the forms of open cycles that are still to be submitted, as the system."""
        return (
            self.env["it.kpi.assessment"]
            .sudo()
            .search(
                [
                    ("cycle_id", "in", self.ids),
                    ("cycle_id.state", "=", "open"),
                    ("state", "in", MISSING),
                ]
            )
        )

    def action_remind(self):
        """Remind all who are late; while nobody is, all who have not submitted yet.

        :return: a notification that tells how many were reminded
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
        self.env["it.kpi.notice"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "it_kpi_assessment.it_kpi_notice_action"
        )
        return {**action, "domain": [("cycle_id", "in", self.ids)]}
