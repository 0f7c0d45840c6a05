"""Reminders before the deadline and after it, to those who are late only, and by one click."""

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..helpers.noticing import FAR_FUTURE, NoticeCase

MORNING = "00:00:00"  # 08:00 in China


@tagged("post_install", "-at_install")
class TestReminders(NoticeCase):
    def setUp(self):
        super().setUp()
        self.mail()

    def remind_daily(self, first, last):
        """Run the server every morning between two days; return the days on which it mailed."""
        day, mailed = datetime.fromisoformat(first), []
        while day <= datetime.fromisoformat(last):
            with freeze_time(day):
                if self.remind():
                    mailed.append(f"{day:%m-%d}")
            day += timedelta(days=1)
        return mailed

    def test_30_7_and_1_days_before_and_daily_when_late(self):
        self.assertEqual(
            self.remind_daily("2099-11-10", "2099-12-18"),
            ["11-15", "12-08", "12-14", "12-16", "12-17", "12-18"],
        )

    def test_a_reminder_says_what_is_late(self):
        with freeze_time("2099-12-16 00:00:00"):
            [mail] = self.remind()
        self.assertIn("Reminder", mail.subject)
        self.assertIn("late</strong>", mail.body_html)
        self.assertEqual(self.recipients(mail), ["test_reporter"])

    def test_days_are_those_of_china(self):
        with freeze_time("2099-12-15 15:00:00"):
            self.assertEqual(len(self.remind()), 1, "the last day is missed by nobody: 23:00")
            self.assertNotIn("late</strong>", self.env["mail.mail"].search([], limit=1).body_html)
        with freeze_time("2099-12-15 16:00:00"):
            self.assertIn("late</strong>", self.remind().body_html)

    def test_once_however_often_the_server_looks(self):
        with freeze_time("2099-12-08 00:00:00"):
            self.assertTrue(self.remind())
            self.assertFalse(self.remind())

    def test_a_server_that_was_off_reminds_of_the_nearest_only(self):
        self.assertEqual(self.remind_daily("2099-12-10", "2099-12-15"), ["12-10", "12-14"])
        with freeze_time("2099-12-30 00:00:00"):
            self.assertEqual(len(self.remind()), 1)

    def test_what_began_later_is_not_reminded_of_what_fell_due_before(self):
        self.env.cr.execute(
            "UPDATE mail_activity SET create_date = '2099-12-03' WHERE id = %s",
            [self.get_activities(self.sheet).id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.remind_daily("2099-12-04", "2099-12-09"), ["12-08"])

    def test_nobody_is_reminded_after_submission_or_in_review(self):
        with freeze_time("2099-12-16 00:00:00"):
            self.sheet.state = "submitted"
            self.mail()
            self.assertFalse(self.remind())
            self.sheet.state = "unfiled"
            self.assertFalse(self.remind())
            self.sheet.state = "draft"
            self.mail()
        with freeze_time("2099-12-17 00:00:00"):
            self.as_role("division", self.cycle).action_start_review("按期转入")
            self.assertNotIn("test_reporter", self.recipients(self.remind()))

    def test_an_extension_moves_the_reminders_of_its_form_only(self):
        other = self.get_unit("昭化")
        other.reporter_ids = self.new_user("reporter", "late_one")
        self.mail()
        with freeze_time("2099-12-14 01:00:00"):
            self.as_role("division", self.sheet).action_extend("2099-12-30 10:00:00", "故障")
            self.assertEqual(self.recipients(self.mail()), ["test_reporter"])
            self.env.cr.execute(
                "UPDATE mail_activity SET create_date = '2099-12-14' WHERE id = %s",
                [self.get_activities(self.sheet).id],
            )
            self.env.invalidate_all()
        with freeze_time("2099-12-16 00:00:00"):
            self.assertEqual(self.recipients(self.remind()), ["late_one"])
        with freeze_time("2099-12-23 00:00:00"):
            self.assertEqual(self.recipients(self.remind()), ["late_one", "test_reporter"])

    def test_who_waits_to_sign_is_reminded_not_who_has_done_his_part(self):
        self.sheet.state = "to_sign"
        self.mail()
        with freeze_time("2099-12-16 00:00:00"):
            self.assertEqual(self.recipients(self.remind()), ["test_leader"])

    def test_an_order_is_reminded_of_weekly(self):
        publication = self.publish(self.file_example(self.cycle))
        result = publication.result_ids.filtered(lambda row: row.unit_id == self.own_unit)
        order = self.env["it.kpi.rectification"]._draw_up(result)
        order.write({"plan_until": "2099-03-10", "report_until": "2099-06-30", "state": "issued"})
        self.mail()
        self.assertEqual(
            self.remind_daily("2099-03-01", "2099-03-20"), ["03-03", "03-09", "03-11", "03-18"]
        )

    def test_a_failure_is_taken_up_where_it_ended(self):
        self.get_unit("昭化").reporter_ids = self.new_user("reporter", "second")
        self.mail()
        with freeze_time("2099-12-16 00:00:00"):
            self.run_job("_remind")
            commits = iter([FAR_FUTURE, 0])  # there was time for the first person only
            cron = type(self.env["ir.cron"])
            with (
                patch("odoo.addons.it_kpi_assessment.models.duty.it_kpi_notice.BATCH", 1),
                patch.object(cron, "_commit_progress", side_effect=lambda *a, **k: next(commits)),
            ):
                self.notices._mail_noted()
            sent = self.notices.search([("kind", "=", "reminder"), ("sent_at", "!=", False)])
            self.assertEqual(len(sent.user_id), 1)
            [mail] = self.mail()
            self.assertNotIn(sent.user_id.partner_id, mail.recipient_ids)

    def test_the_database_itself_refuses_a_second_notice(self):
        """Whatever two servers do at once."""
        notice = self.notices.search([("res_id", "=", self.sheet.id)], limit=1)
        values = {"kind": "reminder", "day": "2099-12-08", "occasion": "2099-12-15 -7"}
        notice.copy(values)
        for second in (values, {**values, "occasion": "asked"}, {**values, "day": "2099-12-09"}):
            with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
                notice.copy(second)

    def test_the_scheduled_actions_note_reminders_and_mail_them(self):
        with freeze_time("2099-12-08 00:00:00"):
            self.run_scheduled_action("remind")
            reminder = self.notices.search([("kind", "=", "reminder")])
            self.assertIn(self.users["reporter"], reminder.user_id)
            self.assertFalse(any(reminder.mapped("sent_at")))
            self.run_scheduled_action("mail_notices")
            self.assertTrue(all(reminder.mapped("sent_at")))

    def run_scheduled_action(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"it_kpi_assessment.ir_cron_{name}").method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestRemindByHand(NoticeCase):
    def setUp(self):
        super().setUp()
        for name in ("昭化", "朝天"):
            self.get_unit(name).reporter_ids = self.new_user("reporter", f"reporter_{name}")
        self.mail()
        self.division = self.as_role("division", self.cycle)

    def ask(self, record):
        """Press the button in a request of its own, and return the notification."""
        self.env.invalidate_all()
        return record.action_remind()["params"]["message"]

    @freeze_time("2099-12-20 02:00:00")
    def test_one_click_reminds_all_who_are_late(self):
        self.get_form(self.cycle, "昭化").extended_until = "2099-12-30 00:00:00"
        self.get_form(self.cycle, "朝天").state = "unfiled"
        self.mail()
        self.env.invalidate_all()
        self.assertEqual(self.division.late_count, 4)
        self.assertIn("1 people reminded", self.ask(self.division))
        self.assertEqual(self.recipients(self.mail()), ["test_reporter"])

    @freeze_time("2099-12-20 02:00:00")
    def test_nobody_is_reminded_twice_on_a_day(self):
        self.run_job("_remind")
        self.assertIn("0 people reminded. 3 had been told today", self.ask(self.division))
        self.mail()
        self.assertFalse(self.mail())
        with freeze_time("2099-12-21 02:00:00"):
            self.assertIn("3 people reminded", self.ask(self.division))
            self.assertIn("0 people reminded", self.ask(self.division))
            self.assertEqual(len(self.mail()), 3)
            self.assertFalse(self.remind())

    @freeze_time("2099-12-20 02:00:00")
    def test_who_was_told_today_what_to_do_is_not_reminded_of_it(self):
        self.sheet.state = "returned"
        self.assertEqual(self.recipients(self.mail()), ["test_reporter"])
        self.assertIn("2 people reminded. 1 had been told today", self.ask(self.division))

    @freeze_time("2099-12-01 02:00:00")
    def test_before_the_deadline_it_reminds_all_who_have_not_submitted(self):
        self.get_form(self.cycle, "昭化").state = "submitted"
        self.mail()
        self.assertEqual((self.division.late_count, self.division.missing_count), (0, 5))
        self.assertIn("2 people reminded", self.ask(self.division))

    @freeze_time("2099-12-01 02:00:00")
    def test_it_names_units_without_people(self):
        message = self.ask(self.division)
        self.assertIn("Name reporters and leaders of", message)
        self.assertIn(self.get_unit("青川").name, message)
        self.assertNotIn(self.own_unit.name, message)

    @freeze_time("2099-12-01 02:00:00")
    def test_forms_chosen_in_the_list(self):
        forms = self.get_form(self.cycle, "利州") + self.get_form(self.cycle, "昭化")
        chosen = self.as_role("division", forms)
        self.assertFalse(any(chosen.mapped("last_reminded_at")))
        self.assertIn("2 people reminded", self.ask(chosen))
        self.env.invalidate_all()
        self.assertTrue(all(chosen.mapped("last_reminded_at")))
        self.assertFalse(
            self.as_role("division", self.get_form(self.cycle, "朝天")).last_reminded_at
        )

    def test_it_is_for_the_division(self):
        for role, record in (
            ("reporter", self.sheet),
            ("leader", self.sheet),
            ("reporter", self.cycle),
            ("head", self.cycle),
            ("leadership", self.cycle),
        ):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_role(role, record).action_remind()
        with self.assertRaises(AccessError):
            self.as_role("head", self.cycle).action_open_notices()
        domain = self.division.action_open_notices()["domain"]
        self.assertTrue(self.as_role("division", self.notices).search(domain))
