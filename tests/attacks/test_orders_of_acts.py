"""Acts that valid rights allow one by one, in an order that would move a result: the forms."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, SIGNATURE, BureauCase


@tagged("post_install", "-at_install")
class TestOrdersOfActs(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["assessor 2"] = cls.new_user("assessor", "test_assessor_2")
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.form = cls.get_form(cls.cycle, "利州")
        cls.survey = cls.get_form(cls.cycle, "利州", "survey")
        cls.survey.write({"state": "draft", "assessor_ids": cls.users["assessor"].ids})

    def log(self, record):
        return " ".join(record.message_ids.mapped("body"))

    def test_approve_change_publish(self):
        """What the head has not seen is not published; what is as the head saw it is."""
        self.survey.state = "confirmed"
        division = self.as_role("division", self.cycle)
        division.action_start_review("按期转入")
        self.approve(self.cycle)
        incident = self.record_incident("利州", "network_security")
        self.assertRefused("changed after it was approved", division.action_publish)
        self.as_role("division", incident).action_lift("撤销〔2099〕1号", "查无此事")
        division.action_publish()
        self.assertEqual(self.cycle.state, "published")
        self.assertIn("撤销〔2099〕1号", self.log(incident))

    def test_approve_go_back_and_publish(self):
        self.survey.state = "confirmed"
        division = self.as_role("division", self.cycle)
        division.action_start_review("按期转入")
        self.approve(self.cycle)
        division.action_resume("补充")
        division.action_start_review("按期转入")
        self.assertRefused("approves first", division.action_publish)

    def test_mark_and_be_unassigned(self):
        """The log names both assessors; the first one neither marks nor signs any more."""
        first = self.as_role("assessor", self.survey)
        first.line_ids[0].remark = "实地查看"
        self.sign(self.survey)
        others = self.users["assessor 2"].ids
        self.as_role("head", self.survey).action_reassign(others, "调整分工")
        for role in ("assessor", "assessor 2"):
            self.assertIn(self.users[role].name, self.log(self.survey))
        self.assertFalse(self.survey.signature_ids)
        self.assertRefused("test_assessor_2", self.as_role("head", self.survey).action_confirm,
                           SIGNATURE)  # fmt: skip
        for act in (
            lambda: first.line_ids[0].write({"remark": "改"}),
            lambda: first.action_sign(SIGNATURE),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                act()

    def test_return_and_take_back_for_fresh_lines(self):
        """Whatever follows a return, no other line unlocks than those that were returned."""
        lines = self.form.line_ids
        self.as_role("division", self.form).action_return({str(lines[0].id): "补充"})
        reporter = self.as_role("reporter", self.form)
        leader = self.as_role("leader", self.form)
        division = self.as_role("division", self.form)
        for act in (
            lambda: (reporter.action_hand_over(), leader.action_take_back("再改")),
            lambda: (
                self.pass_deadline(self.cycle),
                division.action_record_unfiled("未报"),
                division.action_withdraw_unfiled("误"),
            ),
        ):
            self.form.cycle_id.deadline = "2099-12-15 15:59:59"
            act()
            self.assertEqual(self.form.state, "returned")
            self.assertFalse(self.as_role("reporter", lines[0]).lock_reason)
            for line in lines[1:]:
                self.assertTrue(self.as_role("reporter", line).lock_reason)
                self.assertRefused(
                    "was not returned", self.as_role("reporter", line).write, {"remark": "改"}
                )

    def test_a_leader_of_two_units_signs_each_for_itself(self):
        other = self.get_form(self.cycle, "昭化")
        other.unit_id.leader_ids = self.users["leader"]
        self.form.state = "to_sign"
        self.as_role("leader", self.form).action_submit(SIGNATURE)
        self.assertFalse(other.signed_by_id)
        self.assertIn(self.own_unit.name, self.form.display_name)

    def test_who_confirms_alone_is_named_for_both(self):
        self.users["head"].group_ids += self.env.ref("it_kpi_assessment.group_assessor")
        self.survey.write({"assessor_ids": self.users["head"].ids, "visit_date": "2099-11-20"})
        self.as_role("head", self.survey).action_confirm(SIGNATURE)
        self.assertEqual(self.survey.confirmed_by_id, self.users["head"])
        self.assertEqual(self.survey.signature_ids.mapped("name"), [self.users["head"].name])
