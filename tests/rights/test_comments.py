"""A comment notifies only users who may read the record at that moment."""

from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.models.mail.mail_message import COMMENT_LENGTH

from ..helpers.common import EXAMPLE, BureauCase

WORDS = "拟由B改为C"


@tagged("post_install", "-at_install")
class TestComments(BureauCase):
    """The survey of 利州 as published; its people and its assessor follow it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.sheet = cls.get_form(cls.cycle, "利州", "survey")
        cls.sheet.assessor_ids = cls.users["assessor"]
        cls.publish(cls.cycle)
        for role in ("reporter", "leader", "assessor"):
            cls.sheet.with_user(cls.users[role]).message_subscribe(cls.users[role].partner_id.ids)

    def revise(self):
        division = self.as_role("division", self.cycle)
        division.action_revise("申诉成立")
        division.action_resume("退回更正")

    def comment(self, role="head", **vals):
        message = self.as_role(role, self.sheet).message_post(
            body=WORDS, message_type="comment", subtype_xmlid="mail.mt_comment", **vals
        )
        return message.sudo().notification_ids.res_partner_id.user_ids

    def test_followers_who_read_the_survey_are_told(self):
        self.revise()
        self.assertEqual(self.comment(), self.users["assessor"])

    def test_who_is_no_longer_assigned_is_not_told(self):
        self.revise()
        self.as_role("head", self.sheet).action_reopen("换人")
        self.as_role("head", self.sheet).action_reassign([], "换人")
        self.assertFalse(self.comment())

    def test_nobody_is_told_by_being_named_either(self):
        self.revise()
        named = self.users["reporter"].partner_id | self.users["leadership"].partner_id
        outsider = self.env["res.partner"].create({"name": "某人", "email": "x@example.com"})
        told = self.comment(partner_ids=(named | outsider).ids)
        self.assertNotIn(self.users["reporter"], told)

    def test_a_comment_has_a_length(self):
        self.revise()
        limit = COMMENT_LENGTH
        sheet = self.as_role("head", self.sheet)
        kind = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        message = sheet.message_post(body="字" * (limit - 100), **kind)
        long = "字" * (limit + 1)
        self.assertRefused(str(limit), sheet.message_post, body=long, **kind)
        self.assertRefused(str(limit), message.write, {"body": long})

    def test_somebody_of_another_bureau_is_not_told(self):
        """Whichever companies the author has chosen on the screen."""
        self.revise()
        other = self.env["res.company"].create({"name": "另一局"})
        self.users["leader"].write({"company_ids": other.ids, "company_id": other.id})
        chosen = self.sheet.with_context(allowed_company_ids=self.cycle.company_id.ids)
        message = chosen.with_user(self.users["head"]).message_post(
            body=WORDS,
            message_type="comment",
            partner_ids=self.users["leader"].partner_id.ids,
        )
        told = message.sudo().notification_ids.res_partner_id
        self.assertNotIn(self.users["leader"].partner_id, told)
