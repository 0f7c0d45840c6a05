"""The chatter of a form is as closed as the form, and no user can forge or delete its log."""

from odoo.tests import tagged

from ..helpers.common import ROLES
from ..helpers.rights.rpc import RpcCase

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
        """It posts with sudo, and would let its caller choose what is an entry of the log."""
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

    def test_a_comment_claims_nothing_else(self):
        """No earlier day, no change of a value, no other sender, no other kind of message."""
        form = self.forms["利州"]
        field = self.env["ir.model.fields"]._get(form._name, "state")
        change = {"field_id": field.id, "old_value_char": "待领导签字", "new_value_char": "已上报"}
        for claim in (
            {"date": "2001-01-01 00:00:00"},
            {"tracking_value_ids": [[0, 0, change]]},
            {"email_from": "局科技信息化科 <bureau@example.com>"},
            {"message_type": "auto_comment"},
        ):
            post = {"body": "同意", "message_type": "comment", **claim}
            with self.subTest(claim=claim):
                self.refuse("reporter", form, "message_post", **post)
                entry = {"model": form._name, "res_id": form.id, **post}
                self.refuse("reporter", form.message_ids.browse(), "create", vals_list=[entry])
        default = {"default_date": "2001-01-01 00:00:00"}
        entry = {"model": form._name, "res_id": form.id, "body": "同意", "message_type": "comment"}
        self.refuse(
            "reporter", form.message_ids.browse(), "create", vals_list=[entry], context=default
        )

    def test_what_is_planned_for_somebody_is_told_to_him(self):
        form = self.forms["利州"]
        self.allow("reporter", form, "activity_schedule", summary="复核",
                   act_type_xmlid="mail.mail_activity_data_todo",
                   user_id=self.users["leader"].id)  # fmt: skip
        self.assertIn("复核", form.activity_ids.mapped("summary"))

    def test_nothing_is_told_in_the_name_of_a_record_that_one_cannot_read(self):
        notice = {"body": "请补报", "subject": "补报", "model": self.forms["昭化"]._name,
                  "partner_ids": self.users["division"].partner_id.ids}  # fmt: skip
        mails = self.env["mail.thread"]
        for role in ("reporter", "assessor", "nobody", "other"):
            self.refuse(role, mails, "message_notify", res_id=self.forms["旺苍"].id, **notice)
        self.allow("reporter", mails, "message_notify", res_id=self.forms["利州"].id, **notice)

    def hand_in(self, role, model, **arguments):
        """Hand a text to the mail gateway that calls itself a mail of the leader."""
        mail = (
            f"From: {self.users['leader'].email}\nTo: x@example.com\nSubject: 同意\n"
            f"Message-Id: <{role}.{model}@example.com>\n\n同意\n"
        )
        self.refuse(role, self.env["mail.thread"], "message_process",
                    model=model, message=mail, **arguments)  # fmt: skip

    def test_nothing_comes_in_by_the_mail_gateway(self):
        """It works past all rights, and anybody can call it: it would record an incident that
        costs another unit its score, or a comment in the name of somebody else."""
        incident = {"unit_id": self.get_unit("昭化").id, "kind": "network_security",
                    "date": "2099-05-01", "description": "无", "decision": "无"}  # fmt: skip
        inspection = {"unit_id": self.get_unit("昭化").id, "date": "2099-05-01", "finding": "无"}
        unit = {"name": "无", "short_name": "无"}
        for role in ("reporter", "assessor", "division", "nobody", "admin"):
            with self.subTest(role=role):
                self.hand_in(role, "it.kpi.incident", custom_values=incident)
                self.hand_in(role, "it.kpi.inspection", custom_values=inspection)
                self.hand_in(role, "it.kpi.unit", custom_values=unit)
                if role != "admin":  # the script of a mail server logs in as administrator
                    for record in (self.forms["昭化"], self.surveys["利州"], self.cycle):
                        self.hand_in(role, record._name, thread_id=record.id)

    def test_an_answer_by_mail_becomes_a_comment(self):
        """The server fetches it, and finds the record by what it answers to."""
        form, leader = self.forms["利州"], self.users["leader"]
        leader.email = "leader@example.com"
        mail = (
            f"From: {leader.email}\nTo: x@example.com\nSubject: Re\n"
            f"Message-Id: <answer@example.com>\nIn-Reply-To: {self.logs[form].message_id}\n"
            "Content-Type: text/plain; charset=utf-8\n\n阅\n"
        )
        self.env["mail.thread"].message_process(None, mail)
        self.assertIn("阅", form.message_ids[0].body)
        self.assertEqual(form.message_ids[0].author_id, leader.partner_id)

    def test_nobody_takes_another_name(self):
        """The name is below signatures and in the log; only the managers of users change it."""
        for role in ROLES:
            user = self.users[role]
            with self.subTest(role=role):
                self.assertIn("signature", user.SELF_WRITEABLE_FIELDS)
                status, answer = self.rpc(role, "res.users", "write", user.ids,
                                          vals={"name": "王局长"})  # fmt: skip
                self.assertEqual(status, 422, answer)
                self.allow(role, user, "write", vals={"signature": "此致", "name": user.name})
        self.allow("admin", self.users["leader"], "write", vals={"name": "王芸"})

    def test_values_that_were_tracked(self):
        moved = {"until": "2099-12-20 00:00:00", "reason": "检修"}
        self.allow("division", self.cycle, "action_move_deadline", **moved)
        values = self.env["mail.tracking.value"].search([], order="id desc", limit=1)
        self.assertTrue(values)
        for role in ("reporter", "division", "other", "nobody"):
            self.refuse(role, values, "read", fields=["old_value_datetime"])
