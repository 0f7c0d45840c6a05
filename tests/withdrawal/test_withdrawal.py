"""退出本年度考核 (R13): a unit that was abolished or merged leaves a year, and may come back."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, POINTS, RATIOS, ROLES, SIGNATURE, BureauCase
from ..helpers.reference_scorer import Unit, Year
from ..helpers.year import LEAK_ROW
from .withdrawing import DECISION, NUMBERS, REASON, WithdrawalCase


@tagged("post_install", "-at_install")
class TestWithdrawal(WithdrawalCase):
    def test_it_feeds_no_mean_and_has_no_rank(self):
        self.assertRanked(self.live(), self.expect())
        self.withdraw(self.cycle, "朝天")
        self.assertRanked(self.live(), self.expect("朝天"))
        self.withdraw(self.cycle, "利州")
        self.assertRanked(self.live(), self.expect("朝天", "利州"))
        for name in ("朝天", "利州"):
            score = self.scores(self.cycle)[name]
            self.assertEqual((score.rank, score.is_last, score.complete), (0, False, False))
            self.assertEqual(score.note, f"withdrawn from this year: {REASON} ({DECISION})")
        lines = self.env["it.kpi.ranking.line"].search([("cycle_id", "=", self.cycle.id)])
        self.assertEqual(len(lines.unit_id), 4)

    def test_nobody_takes_its_place_among_the_last(self):
        """One of the last three leaves: the next one from below is among them."""
        self.withdraw(self.cycle, "旺苍")
        last = self.live().filtered("is_last").unit_id.mapped("short_name")
        self.assertEqual(set(last), {"剑阁", "青川", "朝天"})
        self.assertRanked(self.live(), self.expect("旺苍"))

    def test_an_incident_of_it_has_no_effect(self):
        for name in ("旺苍", "青川"):
            self.withdraw(self.cycle, name)
            score = self.scores(self.cycle)[name]
            self.assertFalse(score.vetoed or score.veto_kinds)
            self.assertNotIn("ncident", score.note)
            self.assertNotIn("eak", score.note)
        self.assertRanked(self.live(), self.expect("旺苍", "青川"))

    def test_it_demands_the_division_a_reason_and_a_decision(self):
        for role in set(ROLES) - {"division"}:
            form = self.as_role(role, self.get_form(self.cycle, "利州"))
            with self.assertRaises(AccessError):
                form.action_withdraw(REASON, DECISION)
        form = self.as_role("division", self.form)
        for blank in (None, "", " ", "\u200b", "\u3000"):
            self.assertRefused("Give a reason", form.action_withdraw, blank, DECISION)
            self.assertRefused("number of the decision", form.action_withdraw, REASON, blank)
        self.assertRefused("characters", form.action_withdraw, REASON, "号" * 201)
        self.assertEqual(self.form.state, "submitted")

    def test_it_stands_in_the_logs(self):
        self.withdraw(self.cycle, "朝天")
        for record in (self.cycle, self.form, self.survey):
            self.assertIn(REASON, self.log(record))
            self.assertIn(DECISION, self.log(record))
            self.assertIn("朝天", self.log(self.cycle))
        self.as_role("division", self.form).action_rejoin("撤并未获批准")
        for record in (self.cycle, self.form, self.survey):
            self.assertIn("撤并未获批准", self.log(record))

    def test_both_forms_are_locked_records(self):
        form, survey = (
            self.get_form(self.cycle, "利州", kind) for kind in ("assessment", "survey")
        )
        survey.assessor_ids = self.users["assessor"]
        self.withdraw(self.cycle, "利州")
        readers = {
            form: ("reporter", "leader", "assessor", "head", "division", "leadership"),
            survey: ("assessor", "head", "division", "leadership"),
        }
        for record, roles in readers.items():
            for role in roles:
                with self.subTest(record=record, role=role):
                    own = self.as_role(role, record)
                    self.assertIn(DECISION, own.lock_reason)
                    self.assertIn(REASON, own.lock_reason)
                    self.assertEqual(own.line_ids[0].grade_id.code, "A")
                    allowed = role == "division" and record == form
                    self.assertEqual(own.allowed_moves, ",rejoin," if allowed else "")
                    with self.assertRaises(UserError):
                        own.line_ids[0].write({"remark": "改"})

    def test_a_form_that_was_never_filed_stays_with_its_unit_and_the_division(self):
        form = self.get_form(self.cycle, "利州")
        form.state = "draft"
        self.withdraw(self.cycle, "利州")
        readers = [role for role in ROLES if self.as_role(role, form).has_access("read")]
        self.assertEqual(readers, ["reporter", "leader", "division"])

    def test_taken_back_both_forms_go_on_as_they_were(self):
        """From every state of a form, with marks, signatures, returned lines and 未报."""
        self.form.write({"signature": SIGNATURE, "unfiled_reason": "未报"})
        self.form.line_ids[:2].write({"returned": True, "return_reason": "补充"})
        self.put_signature(self.survey, "head", is_head=True)
        names = ("signature", "unfiled_reason", "extended_until", "signed_by_id")
        parts = ("grade_id", "not_applicable", "explanation", "returned", "return_reason", "former")
        for state in ("draft", "to_sign", "submitted", "returned", "unfiled"):
            for visit in ("draft", "confirmed"):
                with self.subTest(state=state, visit=visit):
                    self.form.state, self.survey.state = state, visit
                    before = [self.form[n] for n in names] + self.form.line_ids.mapped(
                        lambda line: [line[n] for n in parts]
                    )
                    live = self.live().read(NUMBERS)
                    self.withdraw(self.cycle, "朝天")
                    self.assertEqual((self.form.state, self.survey.state), ("withdrawn",) * 2)
                    self.as_role("division", self.form).action_rejoin("撤并未获批准")
                    self.assertEqual((self.form.state, self.survey.state), (state, visit))
                    after = [self.form[n] for n in names] + self.form.line_ids.mapped(
                        lambda line: [line[n] for n in parts]
                    )
                    self.assertEqual(after, before)
                    self.assertFalse(self.form.withdrawal_reason or self.form.withdrawal_decision)
                    self.assertEqual(len(self.survey.signature_ids), 1)
                    self.assertEqual(self.live().read(NUMBERS), live)

    def test_it_does_not_hold_up_the_year(self):
        """A unit that never filed and was never visited leaves; the others are published."""
        self.form.state = self.survey.state = "draft"
        self.division.action_start_review("按期转入")
        self.assertIn("朝天", self.division.obstacles)
        self.withdraw(self.cycle, "朝天")
        self.env.invalidate_all()
        self.assertFalse(self.division.obstacles)
        self.approve(self.cycle)
        self.division.action_publish()
        results = self.cycle.publication_id.result_ids
        self.assertRanked(results, self.expect("朝天"))
        self.division.action_draw_up_orders()
        orders = self.env["it.kpi.rectification"].search([("cycle_id", "=", self.cycle.id)])
        self.assertEqual(orders.unit_id, results.filtered("is_last").unit_id)
        self.assertNotIn(self.form.unit_id, orders.unit_id)
        self.assertIn("of 5", orders[0].with_user(self.users["division"]).basis)

    def test_a_year_without_units_is_not_published(self):
        for name in EXAMPLE:
            self.withdraw(self.cycle, name)
        self.division.action_start_review("按期转入")
        self.assertIn("nothing to publish", self.division.obstacles)

    def test_it_voids_an_approval(self):
        for act in (
            lambda: self.withdraw(self.cycle, "朝天"),
            lambda: self.as_role("division", self.form).action_rejoin("撤并未获批准"),
        ):
            if self.cycle.state == "open":
                self.division.action_start_review("按期转入")
            self.approve(self.cycle)
            act()
            self.assertRefused("changed after it was approved", self.division.action_publish)

    def test_another_reason_or_decision_voids_an_approval(self):
        """They are printed in the notice, so they are part of what the head approved."""
        self.withdraw(self.cycle, "朝天")
        self.division.action_start_review("按期转入")
        self.approve(self.cycle)
        self.as_role("division", self.form).action_rejoin("文号有误")
        self.withdraw(self.cycle, "朝天", decision="广编办〔2099〕4号")
        self.assertRefused("changed after it was approved", self.division.action_publish)

    def test_counts_and_stages_leave_it_out(self):
        self.form.state = self.survey.state = "draft"
        self.withdraw(self.cycle, "朝天")
        self.env.invalidate_all()
        cycle = self.division
        self.assertEqual(
            (cycle.submitted_count, cycle.confirmed_count, cycle.unit_count), (5, 5, 5)
        )
        self.assertEqual((cycle.missing_count, cycle.late_count), (0, 0))
        self.assertEqual(cycle.withdrawn_ids, self.form)
        page = self.env["it.kpi.dashboard"].with_user(self.users["division"])
        year = page.get_dashboard(self.cycle.id)["cycle"]
        for stages in year["stages"].values():
            self.assertEqual(sum(stage["count"] for stage in stages), 5)
        self.assertEqual((year["missing_count"], year["late_count"]), (0, 0))
        self.assertIn("Start the review", year["next"])

    def test_a_trial_leaves_it_out(self):
        self.withdraw(self.cycle, "朝天")
        trial = self.env["it.kpi.trial"].with_user(self.users["division"])
        rows = trial.try_ranking(self.cycle.id)
        self.assertEqual(len(rows), 5)
        self.assertNotIn(self.form.unit_id.id, [row["unit_id"] for row in rows])
        self.assertRefused(
            "no unit", trial.try_ranking, self.cycle.id, without=self.form.unit_id.id
        )
        without = trial.try_ranking(self.cycle.id, without=self.get_unit("利州").id)
        expected = self.expect("朝天", "利州")
        for row in without:
            if row["takes_part"]:
                self.assertPoints(row["tried_final"], expected[row["name"]].final)

    def test_its_people_stay_recused(self):
        """It may be taken back: until publication they read nothing computed from surveys."""
        head = self.users["head"]
        self.form.unit_id.member_ids = head
        self.withdraw(self.cycle, "朝天")
        self.env.invalidate_all()
        self.assertTrue(self.cycle.with_user(head).is_recused)
        ranking = self.env["it.kpi.ranking"].with_user(head)
        self.assertFalse(ranking.search([("cycle_id", "=", self.cycle.id)]))

    def test_it_neither_leaves_the_list_nor_joins_twice(self):
        unit = self.form.unit_id
        removed = {"unit_ids": [Command.unlink(unit.id)]}
        self.assertRefused("withdraw it, with the decision", self.division.write, removed)
        self.withdraw(self.cycle, "朝天")
        joined = self.env["it.kpi.unit"].create({"name": "新单位", "short_name": "新"})
        self.division.action_add_units((joined | unit).ids, "新设")
        self.assertEqual(len(self.cycle.assessment_ids.filtered(lambda f: f.unit_id == unit)), 1)
        self.assertEqual((self.form.state, self.cycle.unit_count), ("withdrawn", 6))
        unit.active = self.get_unit("昭化").active = False
        self.env.invalidate_all()
        note = self.division.archived_units
        self.assertIn("昭化", note, "an archived unit takes part until it is withdrawn")
        self.assertNotIn("朝天", note)
        self.assertEqual(self.division.withdrawn_ids, self.form)
        self.as_role("division", self.form).action_rejoin("恢复建制")
        self.assertEqual(self.form.state, "submitted")


@tagged("post_install", "-at_install")
class TestDutiesOfAWithdrawnUnit(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.forms = [
            cls.get_form(cls.cycle, name, kind)
            for name, kind in (("利州", "assessment"), ("昭化", "survey"))
        ]
        cls.file_forms(cls.cycle, {"昭化": EXAMPLE["昭化"]})
        cls.forms[1].write({"state": "draft", "assessor_ids": cls.users["assessor"].ids})

    def count(self):
        self.flush_tracking()
        return [len(form._as_system()._get_activities()) for form in self.forms]

    def test_they_vanish_and_come_back_with_it(self):
        self.assertEqual(self.count(), [1, 1])
        for name in ("利州", "昭化"):
            self.withdraw(self.cycle, name)
        self.assertEqual(self.count(), [0, 0])
        division = self.as_role("division", self.get_form(self.cycle, "利州"))
        division.action_remind()
        self.assertEqual(self.count(), [0, 0])
        for name in ("利州", "昭化"):
            self.as_role("division", self.get_form(self.cycle, name)).action_rejoin("误撤")
        self.assertEqual(self.count(), [1, 1])


@tagged("post_install", "-at_install")
class TestReference(BureauCase):
    def test_the_reference_leaves_withdrawn_units_out(self):
        """By hand: the only other mark is the mean, and the ranks close up."""
        units = {
            "甲": Unit("A" * 16, "A" * 16),
            "乙": Unit("B" * 16, "B" * 16, withdrawn=True),
            "丙": Unit("N" + "A" * 15, "A" * 16, zeroed=frozenset({LEAK_ROW})),
        }
        scores = Year(POINTS, RATIOS, units, last_count=1).scores()
        self.assertEqual(set(scores), {"甲", "丙"})
        self.assertEqual(f"{scores['丙'].assessment_total:.2f}", "85.00")
        self.assertEqual((scores["丙"].rank, scores["丙"].is_last), (2, True))
