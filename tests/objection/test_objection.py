"""复核申请: a unit objects to lines of its result; what is upheld is corrected, nothing else."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, SIGNATURE
from ..helpers.objecting import NoticeOfResultCase


@tagged("post_install", "-at_install")
class TestObjection(NoticeOfResultCase):
    def begin(self):
        """Return the objection as the reporter begins it from the result."""
        own = self.get_result().with_user(self.users["reporter"])
        self.assertTrue(own.can_object)
        action = own.action_object()
        return (
            self.env["it.kpi.objection"].with_user(self.users["reporter"]).browse(action["res_id"])
        )

    def test_from_the_unit_to_the_decision(self):
        objection = self.begin()
        self.assertRefused("Name the lines", objection.action_hand_over)
        line = self.get_result().line_ids.filtered(lambda row: row.kind == "survey")[1]
        objection.line_ids = [
            Command.create({"result_line_id": line.id, "claim": "A", "reason": "有文件"})
        ]
        objection.action_hand_over()
        leader = self.as_role("leader", objection)
        leader.action_take_back("请附文件")
        objection.action_hand_over()
        leader.action_submit(SIGNATURE)
        self.assertEqual((objection.state, objection.signed_by_id), ("filed", self.users["leader"]))
        self.assertRefused("", objection.line_ids.write, {"claim": "B"})
        self.as_role("division", objection).action_receive()
        head = self.as_role("head", objection)
        self.assertRefused("Decide each line", head.action_decide)
        self.decide(objection, "maintained")
        self.assertEqual((objection.state, objection.upheld_count), ("decided", 0))
        self.assertIn("经复核现场记录", "".join(objection.message_ids.mapped("body")))
        self.end_notice()
        self.division.action_publish()
        publication = self.cycle.publication_id
        self.assertEqual((publication.objection_count, publication.upheld_count), (1, 0))

    def test_one_objection_a_result(self):
        objection = self.begin()
        own = self.get_result().with_user(self.users["leader"])
        self.assertEqual(own.action_object()["res_id"], objection.id)
        self.assertFalse(own.can_object)

    def test_only_the_units_own_people_object(self):
        for role in ("assessor", "head", "division", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.get_result().with_user(self.users[role]).action_object()
        with self.assertRaises(AccessError):
            self.get_result("昭化").with_user(self.users["reporter"]).action_object()

    def test_lines_are_of_the_own_result(self):
        objection = self.begin()
        foreign = self.get_result("昭化").line_ids[0]
        with self.assertRaises(UserError):
            objection.sudo().line_ids = [
                Command.create({"result_line_id": foreign.id, "claim": "A", "reason": "查"})
            ]

    def test_after_the_notice_nothing_is_filed(self):
        objection = self.object(self.get_result(), ("survey", 1), state="to_sign")
        self.end_notice()
        leader = self.as_role("leader", objection)
        self.assertRefused("could be filed until", leader.action_submit, SIGNATURE)
        self.division.action_publish()
        self.assertEqual(self.cycle.publication_id.objection_count, 0)

    def test_no_publication_while_one_is_undecided(self):
        objection = self.object(self.get_result(), ("survey", 1), state="filed")
        self.end_notice()
        self.assertRefused("not decided yet", self.division.action_publish)
        self.assertEqual(self.cycle.undecided_count, 1)
        self.as_role("division", objection).action_dismiss("未附理由")
        self.assertEqual(objection.dismissal_reason, "未附理由")
        self.division.action_publish()
        self.assertEqual(self.cycle.publication_id.objection_count, 1)

    def test_upheld_lines_reopen_and_no_others(self):
        before = self.get_marks()
        self.uphold("利州", ("survey", 2), ("survey", 5))
        survey = self.get_form(self.cycle, "利州", "survey")
        self.assertEqual(survey.state, "draft")
        self.assertFalse(self.cycle.approved_by_id, "the approval is void")
        reopened = survey.line_ids.filtered("in_correction")
        self.assertEqual(reopened, survey.line_ids[1] + survey.line_ids[4])
        for line in survey.line_ids:
            seen = self.as_role("assessor", line)
            with self.subTest(line=line.indicator_label):
                if line in reopened:
                    seen.remark = "复核"
                else:
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        seen.remark = "复核"
                        self.env.flush_all()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.as_role("assessor", survey).visit_date = f"{self.cycle.year}-11-21"
        others = self.cycle.survey_ids - survey
        self.assertEqual(set(others.mapped("state")), {"confirmed"})
        self.assertEqual(set(self.cycle.assessment_ids.mapped("state")), {"submitted", "unfiled"})
        self.correct()
        changed = {line for line, mark in self.get_marks().items() if before[line] != mark}
        self.assertEqual(changed, set(reopened))
        self.assertEqual(survey.state, "confirmed")
        self.assertFalse(survey.in_correction or survey.line_ids.filtered("in_correction"))

    def test_the_same_mark_is_no_correction(self):
        self.uphold()
        survey = self.get_form(self.cycle, "利州", "survey")
        self.as_role("assessor", survey).action_sign(SIGNATURE)
        head = self.as_role("head", survey)
        self.assertRefused("give each another mark", head.action_confirm, SIGNATURE)

    def test_the_corrected_result_is_approved_and_shown_again(self):
        first = self.cycle.proposal_id
        objection = self.uphold()
        self.end_notice()
        self.assertRefused("not carried out yet", self.division.action_publish)
        self.assertRefused("not carried out yet", self.head.action_approve_again)
        self.correct()
        self.assertTrue(objection.carried_out_at)
        self.assertRefused("renews the public notice", self.division.action_publish)
        self.assertRefused("approves first", self.division.action_renew_notice)
        self.assertIn(",approve_again,", self.head.allowed_moves)
        self.head.action_approve_again()
        self.assertIn(",renew_notice,", self.division.allowed_moves)
        self.division.action_renew_notice()
        second = self.cycle.proposal_id
        self.assertEqual((second.proposal, second.is_renewed), (2, True))
        self.assertGreater(self.get_result(publication=first).final, self.get_result().final)
        self.assertFalse(self.cycle.is_notice_over)
        self.end_notice()
        self.division.action_publish()
        publication = self.cycle.publication_id
        self.assertEqual((publication.objection_count, publication.upheld_count), (1, 1))
        self.assertEqual(publication.upheld_units, self.own_unit.name)

    def test_a_renewed_notice_is_for_the_units_whose_numbers_changed(self):
        self.uphold("昭化")
        self.correct("昭化")
        self.end_notice()
        self.head.action_approve_again()
        self.division.action_renew_notice()
        concerned = self.cycle.proposal_id._get_concerned()
        changed = self.cycle.proposal_id.change_ids.unit_id
        self.assertIn(self.get_unit("昭化"), concerned.unit_id)
        self.assertEqual(concerned.unit_id, changed)
        for result in self.cycle.proposal_id.result_ids - concerned:
            self.assertIn("Nothing changed", result._get_objection_error())

    def test_a_line_of_the_self_assessment_goes_back_to_the_unit(self):
        self.uphold("利州", ("assessment", 2))
        form = self.get_form(self.cycle, "利州")
        self.assertEqual(form.state, "returned")
        self.assertEqual(form.line_ids.filtered("returned"), form.line_ids[1])
        self.assertFalse(form._is_overdue(), "the unit has its time")
        reporter = self.as_role("reporter", form)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            reporter.line_ids[0].remark = "改"
            self.env.flush_all()
        reporter.line_ids[1].grade_id = self.get_grade("A")
        reporter.action_hand_over()
        self.as_role("leader", form).action_submit(SIGNATURE)
        self.assertEqual(form.state, "submitted")
        self.assertFalse(self.cycle._get_pending_objections())

    def test_the_objection_of_a_withdrawn_unit_lapses(self):
        self.object(self.get_result(), ("survey", 1), state="received")
        self.assertTrue(self.cycle._get_pending_objections())
        self.division.action_withdraw_notice("单位撤销")
        self.withdraw(self.cycle, "利州")
        self.assertFalse(self.cycle._get_pending_objections())


@tagged("post_install", "-at_install")
class TestAvoidance(NoticeOfResultCase):
    """Nobody acts on an objection of their own unit, and before publication of any unit's."""

    def setUp(self):
        super().setUp()
        self.objection = self.object(self.get_result("昭化"), ("survey", 1), state="received")
        self.objection.line_ids.write({"decision": "maintained", "decision_reason": "查"})

    def test_a_head_of_another_unit_of_the_year_neither_reads_nor_decides(self):
        self.get_unit("青川").member_ids += self.users["head"]
        self.env.invalidate_all()
        seen = self.as_role("head", self.objection)
        self.assertFalse(seen.has_access("read"))
        with self.assertRaises(AccessError):
            seen.action_decide()
        second = self.objection.with_user(self.get_second_head())
        second.action_decide()
        self.assertEqual(self.objection.state, "decided")

    def test_nobody_of_the_unit_acts_for_the_bureau(self):
        self.objection.state = "filed"
        self.get_unit("昭化").member_ids += self.users["division"]
        self.env.invalidate_all()
        for name in ("action_receive", "action_dismiss"):
            arguments = ("查",) if name == "action_dismiss" else ()
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(self.as_role("division", self.objection), name)(*arguments)


@tagged("post_install", "-at_install")
class TestReading(NoticeOfResultCase):
    """Decision 0082 holds: a unit reads its own proposed result, and nothing more."""

    def read(self, role, model):
        self.env.invalidate_all()
        found = self.env[model].with_user(self.users[role]).search([])
        return sorted(set(found.mapped("unit_id.short_name")))

    def test_a_unit_reads_its_own(self):
        for role in ("reporter", "leader"):
            with self.subTest(role=role):
                self.assertEqual(self.read(role, "it.kpi.result"), ["利州"])
                self.assertEqual(self.read(role, "it.kpi.result.line"), ["利州"])
                self.assertEqual(self.read(role, "it.kpi.survey"), [])

    def test_a_recused_head_reads_the_own_unit_only(self):
        for role in ("head", "division", "leadership"):
            with self.subTest(role=role):
                self.assertEqual(len(self.read(role, "it.kpi.result")), len(EXAMPLE))
                self.get_unit("青川").member_ids += self.users[role]
                self.assertEqual(self.read(role, "it.kpi.result"), ["青川"])
                self.assertEqual(self.read(role, "it.kpi.result.line"), ["青川"])
                self.assertEqual(self.read(role, "it.kpi.ranking"), [])
                proposal = self.as_role(role, self.cycle.proposal_id)
                self.assertRefused("after publication", proposal.action_workbook)
                own = self.get_result("青川").with_user(self.users[role])
                shares = own.get_dimension_shares()
                self.assertFalse([row for row in shares if row["mean_survey"] is not None])

    def test_after_publication_it_is_as_ever(self):
        self.get_unit("青川").member_ids += self.users["head"]
        self.end_notice()
        self.division.action_publish()
        self.assertEqual(len(self.read("head", "it.kpi.result")), len(EXAMPLE))
        proposed = (
            self.env["it.kpi.result"]
            .with_user(self.users["reporter"])
            .search([("state", "=", "proposed")])
        )
        self.assertEqual(proposed.unit_id, self.own_unit)


@tagged("post_install", "-at_install")
class TestReadingAll(NoticeOfResultCase):
    notice_scope = "all"

    def test_the_whole_ranking_while_it_lasts_and_only_the_ranking(self):
        model = self.env["it.kpi.result"].with_user(self.users["reporter"])
        self.assertEqual(len(model.search([])), len(EXAMPLE))
        lines = self.env["it.kpi.result.line"].with_user(self.users["reporter"]).search([])
        self.assertEqual(lines.unit_id, self.own_unit)
        self.end_notice()
        self.division.action_publish()
        self.env.invalidate_all()
        self.assertEqual(model.search([]).unit_id, self.own_unit)


@tagged("post_install", "-at_install")
class TestObjectionToPublished(NoticeOfResultCase):
    """Within the days of the setting, a unit objects to what is published; a revision follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("UPDATE it_kpi_rubric SET objection_days = 5, notice_days = 0")
        cls.env.invalidate_all()
        cls.end_notice()
        cls.division.action_publish()
        cls.result = cls.get_result(publication=cls.cycle.publication_id)

    def test_the_revision_reopens_the_lines_and_names_the_unit(self):
        own = self.result.with_user(self.users["leader"])
        self.assertTrue(own.can_object)
        objection = self.object(self.result, ("survey", 2), state="received")
        self.decide(objection, "corrected")
        survey = self.get_form(self.cycle, "利州", "survey")
        self.assertEqual((survey.state, objection.reopened_at), ("confirmed", False))
        self.division.action_revise("复核申请成立")
        self.assertEqual(survey.state, "draft")
        self.assertRefused("not carried out yet", self.head.action_approve)
        self.correct()
        self.head.action_approve()
        self.division.action_publish()
        publication = self.cycle.publication_id
        self.assertEqual((publication.revision, publication.upheld_count), (2, 1))
        self.assertEqual(publication.upheld_units, self.own_unit.name)
        self.assertIn(self.own_unit, publication.change_ids.unit_id)

    def test_the_days_pass(self):
        self.env.cr.execute(
            "UPDATE it_kpi_publication SET published_at = published_at - interval '30 days'"
        )
        self.env.invalidate_all()
        own = self.result.with_user(self.users["leader"])
        self.assertFalse(own.can_object)
        self.assertRefused("could be filed until", own.action_object)
