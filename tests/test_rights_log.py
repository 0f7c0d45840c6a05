"""The chatter of a form is as closed as the form, and its log is nobody's to forge or delete."""

from odoo.tests import tagged

from .rights_rpc import RpcCase

SECRET = "只有看得到表的人才看得到"


@tagged("post_install", "-at_install")
class TestRightsLog(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records = (cls.forms["昭化"], cls.forms["利州"], cls.surveys["利州"], cls.other_cycle)
        for record in records:
            author = "other" if record == cls.other_cycle else "division"
            record.with_user(cls.users[author]).sudo()._message_log(body=SECRET)
        cls.logs = {record: record.message_ids[0] for record in records}
        cls.env.flush_all()

    def test_messages_of_what_one_cannot_read(self):
        for role, record in (
            ("reporter", self.forms["昭化"]),
            ("reporter", self.surveys["利州"]),
            ("leadership", self.surveys["利州"]),
            ("assessor", self.forms["利州"]),
            ("nobody", self.forms["昭化"]),
            ("division", self.other_cycle),
            ("other", self.forms["昭化"]),
        ):
            with self.subTest(role=role, record=record):
                log = self.logs[record]
                self.refuse(role, log, "read", fields=["body"])
                self.refuse(role, log, "write", vals={"body": "改"})
                self.refuse(role, log, "unlink")
                for domain in (
                    [("id", "=", log.id)],
                    [("model", "=", record._name), ("res_id", "=", record.id)],
                    [("body", "ilike", SECRET), ("id", "=", log.id)],
                ):
                    answer = self.rpc(
                        role, log._name, "search_read", domain=domain, fields=["body"]
                    )
                    self.assertEqual(answer, (200, []))
                    self.assertEqual(
                        self.rpc(role, log._name, "search_count", domain=domain), (200, 0)
                    )
                self.refuse(role, record, "message_post", body="我来了")
                self.refuse(role, record, "message_subscribe", partner_ids=[1])

    def test_who_reads_the_form_reads_its_log(self):
        for role, record in (("division", self.forms["昭化"]), ("reporter", self.forms["利州"])):
            [row] = self.allow(role, self.logs[record], "read", fields=["body"])
            self.assertIn(SECRET, row["body"])

    def test_the_log_is_not_changed_deleted_or_forged(self):
        """Not by the unit that may fill the form, nor by the author of the entry."""
        form = self.forms["利州"]
        log = self.logs[form]
        entry = {"model": form._name, "res_id": form.id, "body": "签字并上报"}
        for role in ("reporter", "leader", "division", "admin"):
            with self.subTest(role=role):
                self.refuse(role, log, "write", vals={"body": "改"})
                self.refuse(role, log, "unlink")
                forged = {**entry, "message_type": "notification"}
                self.refuse(role, log.browse(), "create", vals_list=[forged])
                self.refuse(role, form, "message_post", body="上报", message_type="notification")

    def test_the_chatter_posts_comments_only(self):
        """It posts past the rights, and would let its caller choose what is an entry of the log."""
        cycle = self.cycle
        post = {"body": "审定。理由：同意", "message_type": "notification"}
        post["subtype_xmlid"] = "mail.mt_note"
        thread = {"thread_model": cycle._name, "thread_id": cycle.id}
        answer = self.post_json("division", "/mail/message/post", **thread, post_data=post)
        self.assertNotIn("error", answer)
        self.assertEqual(cycle.message_ids[0].message_type, "comment")
        self.assertEqual(cycle.message_ids[0].author_id, self.users["division"].partner_id)

    def test_nobody_speaks_in_the_name_of_another(self):
        form = self.forms["利州"]
        author = {"author_id": self.users["leader"].partner_id.id}
        arguments = {"body": "同意", "message_type": "comment"}
        self.refuse("reporter", form, "message_post", **arguments, **author)
        self.refuse("reporter", form, "message_post", **arguments, email_from="leader@x.cn")
        entry = {"model": form._name, "res_id": form.id, **arguments, **author}
        self.refuse("reporter", form.message_ids.browse(), "create", vals_list=[entry])
        self.allow("reporter", form, "message_post", **arguments)
        comment = form.message_ids[0]
        self.assertEqual(comment.author_id, self.users["reporter"].partner_id)
        self.refuse("reporter", comment, "write", vals=author)
        self.refuse("reporter", comment, "write", vals={"message_type": "notification"})

    def test_values_that_were_tracked(self):
        self.allow("division", self.cycle, "write", vals={"deadline": "2099-12-20 00:00:00"})
        values = self.env["mail.tracking.value"].search([], order="id desc", limit=1)
        self.assertTrue(values)
        for role in ("reporter", "division", "other", "nobody"):
            self.refuse(role, values, "read", fields=["old_value_datetime"])
