"""Pending duties and sent mails, as the tests of notices and reminders read them."""

from unittest.mock import patch

from .common import EXAMPLE, BureauCase

FAR_FUTURE = float("inf")


class NoticeCase(BureauCase):
    """A bureau with one open year; 利州 is the users' unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notices = cls.env["it.kpi.notice"]
        cls.cycle = cls.open_cycle()
        cls.sheet = cls.get_form(cls.cycle, "利州")
        cls.visit = cls.get_form(cls.cycle, "利州", "survey")
        cls.env.cr.flush()

    def get_activities(self, record):
        self.flush_tracking()
        return record.sudo()._get_activities()

    def waiting(self, record):
        """Return ``{(duty, login of its user)}`` of the pending duties of a record."""
        return {
            (self.get_duty(activity.activity_type_id), activity.user_id.login)
            for activity in self.get_activities(record)
        }

    def get_duty(self, activity_type):
        name = activity_type.get_external_id()[activity_type.id]
        return name.removeprefix("it_kpi_assessment.activity_")

    def file_example(self, cycle):
        self.file_forms(cycle, EXAMPLE)
        return cycle

    def run_job(self, method):
        """Run a scheduled method as the server does, without its commits."""
        self.flush_tracking()
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=FAR_FUTURE):
            getattr(self.env(context={})["it.kpi.notice"], method)()

    def mail(self):
        """Mail the noted notices and return these mails."""
        before = self.env["mail.mail"].search([])
        self.run_job("_mail_noted")
        return self.env["mail.mail"].search([]) - before

    def remind(self):
        """Note a day's reminders, and return the mails that they made."""
        self.run_job("_remind")
        return self.mail()

    def recipients(self, mails):
        return sorted(mails.recipient_ids.user_ids.mapped("login"))
