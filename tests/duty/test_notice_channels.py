"""An addon of the bureau adds a channel, such as WeCom or DingTalk, by one method."""

from freezegun import freeze_time

from odoo.tests import tagged

from ..helpers.noticing import NoticeCase


class Channel:
    """What such an addon does: it notes the people and their matters, and may leave people out."""

    def __init__(self, case, without_mail=False):
        self.told = {}
        original = case.registry["it.kpi.notice"]._send_to

        def send_to(notices, users, matters):
            self.told |= {user.login: matters[user.id] for user in users}
            return original(notices, users.browse() if without_mail else users, matters)

        case.patch(case.registry["it.kpi.notice"], "_send_to", send_to)


@tagged("post_install", "-at_install")
class TestChannels(NoticeCase):
    def test_another_channel_is_told_all_people_at_once_and_the_mails_leave_too(self):
        self.users["reporter"].email = "reporter@example.org"
        channel = Channel(self)
        self.assertEqual(self.recipients(self.mail()), ["test_reporter"])
        (matter,) = channel.told["test_reporter"]
        self.assertEqual(matter["record"], self.sheet.display_name)
        self.assertTrue(matter["task"])
        self.assertIn("2099", str(matter["deadline"]))
        self.assertFalse(matter["late"] or matter["reminder"])
        self.assertIn("/mail/view", matter["url"])

    def test_who_gets_no_mail_is_told_as_well(self):
        self.users["reporter"].write({"email": False})
        channel = Channel(self)
        self.assertFalse(self.mail())
        self.assertEqual(len(channel.told["test_reporter"]), 1)
        self.assertFalse(self.notices.search([("by_mail", "=", True)]))

    def test_a_reminder_says_so(self):
        self.mail()
        channel = Channel(self)
        with freeze_time("2099-12-16 00:00:00"):
            self.remind()
        (matter,) = channel.told["test_reporter"]
        self.assertTrue(matter["reminder"])
        self.assertTrue(matter["late"])

    def test_a_channel_may_take_the_place_of_mail(self):
        self.users["reporter"].email = "reporter@example.org"
        Channel(self, without_mail=True)
        self.assertFalse(self.mail())
        sent = self.notices.search([("user_id", "=", self.users["reporter"].id)])
        self.assertTrue(sent)
        self.assertTrue(all(sent.mapped("sent_at")))
        self.assertFalse(any(sent.mapped("by_mail")))

    def test_a_channel_that_fails_leaves_the_notices_for_the_next_run(self):
        def fail(_notices, _users, _matters):
            raise ConnectionError

        self.patch(self.registry["it.kpi.notice"], "_send_to", fail)
        with self.assertRaises(ConnectionError), self.env.cr.savepoint():
            self.mail()
        self.assertTrue(self.notices.search([("sent_at", "=", False)]))
