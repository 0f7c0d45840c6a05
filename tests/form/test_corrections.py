"""Old and new: what changed on a form between two filings is in the log."""

from odoo import Command
from odoo.tests import tagged

from ..helpers.common import SIGNATURE, BureauCase


@tagged("post_install", "-at_install")
class TestChangesLog(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.sheet = cls.get_form(cls.cycle, "利州")
        cls.fill(cls.sheet, "A" * 15 + "N")
        cls.visit = cls.get_form(cls.cycle, "利州", "survey")
        cls.grades = {grade.code: grade for grade in cls.cycle.rubric_id.grade_ids}

    def setUp(self):
        super().setUp()
        self.reporter = self.as_role("reporter", self.sheet)
        self.leader = self.as_role("leader", self.sheet)
        self.first, self.second = self.sheet.line_ids[:2]
        self.measured, self.missing = self.sheet.line_ids[6], self.sheet.line_ids[15]

    def submit(self):
        self.reporter.action_hand_over()
        self.leader.action_submit(SIGNATURE)

    def send_back(self, *lines):
        division = self.as_role("division", self.sheet)
        division.action_return({str(line.id): "补充" for line in lines})

    def get_changes(self, form):
        """Return the entry of the last filing; "" if it lists no changes."""
        bodies = [message.body for message in form.message_ids if "filed before" in message.body]
        return str(bodies[0]) if bodies else ""

    def test_a_first_submission_changes_nothing(self):
        self.submit()
        self.assertEqual(self.get_changes(self.sheet), "")
        self.assertFalse(any(line.former for line in self.sheet.line_ids))

    def test_a_second_submission_lists_old_and_new(self):
        self.measured.measured_value = 100
        self.submit()
        self.send_back(self.first, self.second, self.measured, self.missing)
        self.first.with_user(self.users["reporter"]).grade_id = self.grades["C"]
        self.second.with_user(self.users["reporter"]).write({"explanation": "改", "remark": "注"})
        self.measured.with_user(self.users["reporter"]).write(
            {"grade_id": self.grades["B"].id, "measured_value": 85.5}
        )
        self.missing.with_user(self.users["reporter"]).grade_id = self.grades["D"]
        self.submit()
        changes = self.get_changes(self.sheet)
        for sentence in (
            "领导重视程度：mark A → C<",
            "工作机构协调推进情况：Explanation changed；Remark changed<",
            "信息化系统运维情况：mark A → B；measured 100 % → 85.5 %<",
            "信息化工作创新情况：mark N/A → D<",
        ):
            self.assertIn(sentence, changes)
        self.assertEqual(changes.count("<li>"), 4 + self.count_warnings())
        self.assertFalse(any(line.former for line in self.sheet.line_ids))

    def count_warnings(self):
        return len(self.sheet._get_findings())

    def test_evidence_is_counted(self):
        self.submit()
        self.send_back(self.first)
        self.first.attachment_ids = [Command.create({"name": "a.txt", "raw": b"a"})]
        self.submit()
        self.assertIn("evidence: 1 added, 0 removed", self.get_changes(self.sheet))

    def test_the_earlier_mark_stands_beside_the_new_one_during_the_correction(self):
        self.assertFalse(self.reporter.is_correction)
        self.submit()
        self.send_back(self.first)
        self.assertTrue(self.reporter.is_correction)
        line = self.first.with_user(self.users["reporter"])
        line.grade_id = self.grades["D"]
        self.assertEqual((line.former_mark, line.grade_id.code), ("A", "D"))
        self.assertEqual(self.missing.former_mark, "N/A")
        self.reporter.action_hand_over()
        self.leader.action_take_back("再核对一次")
        self.assertEqual(line.former_mark, "A", "handed back is not yet filed")
        self.submit()
        self.assertFalse(self.reporter.is_correction)
        self.assertFalse(line.former_mark)

    def test_what_a_line_said_is_not_written_by_hand(self):
        line = self.first.with_user(self.users["reporter"])
        self.assertRefused("by hand", line.write, {"former": {"mark": "D"}})

    def test_a_survey_confirmed_again_lists_old_and_new(self):
        self.sheet.state = "submitted"
        self.fill(self.visit, "B" * 16)
        self.visit.write(
            {
                "assessor_ids": self.users["assessor"].ids,
                "visit_date": "2099-11-02",
                "state": "confirmed",
            }
        )
        head = self.as_role("head", self.visit)
        head.action_reopen("复核")
        line = self.visit.line_ids[2].with_user(self.users["assessor"])
        self.assertTrue(self.visit.is_correction)
        line.write({"grade_id": self.grades["C"].id, "remark": "现场未见台账"})
        self.assertEqual(line.former_mark, "B")
        self.as_role("assessor", self.visit).action_sign(SIGNATURE)
        head.action_confirm(SIGNATURE)
        self.assertIn(
            "规章制度取的实效情况：mark B → C；Remark changed", self.get_changes(self.visit)
        )
        self.assertFalse(self.visit.is_correction)
