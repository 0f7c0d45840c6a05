"""退出本年度考核 (R13) in a published year, and in the years after it."""

from odoo.tests import tagged

from .withdrawing import DECISION, REASON, WithdrawalCase


@tagged("post_install", "-at_install")
class TestPublishedWithdrawal(WithdrawalCase):
    """R11: a publication freezes which units were withdrawn; it changes by a revision only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.withdraw(cls.cycle, "朝天")
        cls.first = cls.publish(cls.cycle)

    def revise(self):
        self.division.action_revise("机构改革")
        self.env.invalidate_all()

    def publish_again(self):
        self.approve(self.cycle)
        self.division.action_publish()
        self.env.invalidate_all()
        return self.cycle.publication_id

    def changes(self, records):
        return {row.unit_id.short_name: row for row in records}

    def test_a_published_year_is_revised_first(self):
        form = self.as_role("division", self.form)
        self.assertRefused("Revise a published year first", form.action_rejoin, "恢复")
        other = self.as_role("division", self.get_form(self.cycle, "利州"))
        self.assertRefused("Revise a published year", other.action_withdraw, REASON, DECISION)
        self.assertEqual(form.allowed_moves, "")

    def test_reason_and_decision_are_frozen(self):
        def read():
            self.env.invalidate_all()
            return self.get_result(self.first).read()

        before = read()
        [row] = before
        self.assertEqual((row["withdrawal_reason"], row["withdrawal_decision"]), (REASON, DECISION))
        self.assertEqual((row["rank"], row["final"], row["is_last"]), (0, 0, False))
        self.revise()
        self.as_role("division", self.form).action_rejoin("恢复建制")
        self.withdraw(self.cycle, "朝天", "另有原因", "另号")
        self.publish_again()
        [after] = read()
        self.assertEqual(after["withdrawal_reason"], REASON)
        self.assertEqual(after["withdrawal_decision"], DECISION)
        self.assertRefused(
            "does not change", self.get_result(self.first).sudo().write, {"withdrawal_reason": "x"}
        )

    def test_a_revision_takes_it_back_and_shows_it(self):
        self.revise()
        self.as_role("division", self.form).action_rejoin("恢复建制")
        self.assertRefused("no longer be as it is", self.division.action_drop_revision, "误")
        live = self.changes(self.division.change_ids)
        self.assertEqual(live["朝天"].why, "The unit was taken back into the year.")
        second = self.publish_again()
        self.assertRanked(second.result_ids, self.expect())
        self.assertRanked(self.first.result_ids, self.expect("朝天"))
        change = self.changes(second.change_ids)["朝天"]
        self.assertEqual((change.old_rank, change.rank), (0, 3))
        self.assertEqual(change._describe(), "The unit was taken back into the year.")

    def test_a_revision_withdraws_and_shows_it(self):
        self.revise()
        self.assertFalse(self.division.change_ids)
        self.withdraw(self.cycle, "利州", "撤销", "广编办〔2099〕9号")
        self.env.invalidate_all()
        why = "Withdrawn from this year: 撤销 (广编办〔2099〕9号)"
        self.assertEqual(self.changes(self.division.change_ids)["利州"].why, why)
        second = self.publish_again()
        self.assertRanked(second.result_ids, self.expect("朝天", "利州"))
        changes = self.changes(second.change_ids)
        self.assertEqual(changes["利州"].why, why)
        self.assertEqual((changes["利州"].old_rank, changes["利州"].rank), (1, 0))
        self.assertIn("昭化", changes, "the others move up")
        own = self.get_result(second, "利州").with_user(self.users["reporter"])
        self.assertIn("广编办〔2099〕9号", own.change_text)

    def test_an_order_of_it_can_be_withdrawn_after_the_revision(self):
        self.division.action_draw_up_orders()
        order = self.env["it.kpi.rectification"].search(
            [("cycle_id", "=", self.cycle.id), ("unit_id", "=", self.get_unit("剑阁").id)]
        )
        self.revise()
        self.withdraw(self.cycle, "剑阁")
        self.publish_again()
        self.assertTrue(order.is_superseded and not order.is_still_last)
        self.as_role("division", order).action_withdraw("单位已撤并")

    def test_its_people_read_that_it_was_withdrawn(self):
        self.revise()
        self.withdraw(self.cycle, "利州")
        second = self.publish_again()
        own = self.get_result(second, "利州").with_user(self.users["reporter"])
        for number in ("final", "rank", "assessment_total", "survey_total"):
            [told] = own.explain_number(number)
            self.assertIn(DECISION, "".join(told["sentences"]))
        self.assertIn(DECISION, own.final_explanation)
        form = self.as_role("reporter", self.get_form(self.cycle, "利州"))
        self.assertFalse(form.is_published or form.total or form.graded_total)
        self.assertEqual(set(form.line_ids.mapped("origin")), {"withdrawn"})
        self.assertIn(DECISION, form.line_ids[0].explain_number("counted_score")[0]["sentences"][0])

    def test_the_unit_reads_a_survey_only_if_it_was_confirmed(self):
        survey = self.get_form(self.cycle, "利州", "survey")
        for state in ("confirmed", "draft"):
            self.revise()
            if survey.state == "withdrawn":
                self.as_role("division", self.get_form(self.cycle, "利州")).action_rejoin("误撤")
            survey.state = state
            self.put_signature(survey, "division") if not survey.signature_ids else None
            self.withdraw(self.cycle, "利州", reason=f"并入市局（{state}）")
            self.publish_again()
            for record in (survey, survey.line_ids, survey.signature_ids):
                found = self.as_role("reporter", record)._filtered_access("read")
                self.assertEqual(bool(found), state == "confirmed", (record, state))

    def test_explanations_count_the_ranked_units_only(self):
        [told] = self.get_result(self.first, "利州").explain_number("rank")
        self.assertIn("Rank 1 of 5", told["sentences"][0])

    def test_its_form_names_it_as_published(self):
        name = self.get_unit("朝天").name
        self.get_unit("朝天").sudo().write({"name": "改名局", "short_name": "改名"})
        self.env.invalidate_all()
        for form in (self.form, self.survey):
            self.assertIn(name, self.as_role("division", form).lock_reason)
            self.assertNotIn("改名", self.as_role("division", form).lock_reason)

    def test_the_next_year_recalls_nothing_of_it(self):
        following = self.open_cycle(year=2100)
        line = self.get_form(following, "朝天").line_ids[0]
        self.assertFalse(line.last_mark or line.last_own_mark or line.last_explanation)
