"""While finals are missing, the ranking is provisional and nobody is told to rectify (R10)."""

from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.models.score.scoring_queries import ranking_query

from ..helpers.common import EXAMPLE, BureauCase

MISSING = ("利州", "survey", "draft")


@tagged("post_install", "-at_install")
class TestProvisional(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()

    def set_state(self, short_name, kind, state):
        self.get_form(self.cycle, short_name, kind).state = state
        self.env.invalidate_all()

    def standing(self):
        return {
            name: (score.rank, score.provisional, score.is_last)
            for name, score in self.scores(self.cycle).items()
        }

    def test_nobody_is_among_the_last_before_all_finals_are_there(self):
        settled = self.standing()
        self.assertEqual(
            {name for name, row in settled.items() if row[2]}, {"青川", "剑阁", "旺苍"}
        )
        self.assertFalse(any(row[1] for row in settled.values()))
        self.set_state(*MISSING)
        standing = self.standing()
        self.assertEqual(standing.pop("利州"), (0, False, False))
        self.assertEqual({row[1:] for row in standing.values()}, {(True, False)})
        self.assertTrue(all(row[0] for row in standing.values()), "ranks are shown all the same")

    def test_a_withdrawn_unit_is_not_waited_for(self):
        self.set_state(*MISSING)
        self.withdraw(self.cycle, "利州")
        last = {name for name, row in self.standing().items() if row[2]}
        self.assertEqual(last, {"青川", "剑阁", "旺苍"})

    def test_another_year_is_not_waited_for(self):
        self.open_cycle(year=2098)
        self.assertFalse(any(row[1] for row in self.standing().values()))

    def test_a_trial_names_nobody_either(self):
        self.set_state(*MISSING)
        trial = self.env["it.kpi.trial"].with_user(self.users["division"])
        rows = trial.try_ranking(self.cycle.id, weight=30)
        self.assertFalse(any(row["is_last"] or row["tried_is_last"] for row in rows))
        without = trial.try_ranking(self.cycle.id, without=self.get_unit("利州").id)
        last = {row["name"] for row in without if row["tried_is_last"]}
        self.assertEqual(last, {"青川", "剑阁", "旺苍"}, "without it, all finals are there")

    def test_a_revision_says_nothing_of_who_must_rectify_yet(self):
        self.publish(self.cycle)
        division = self.as_role("division", self.cycle)
        division.action_revise("申诉成立")
        division.action_resume("更正")
        self.set_state("剑阁", "survey", "draft")
        changes = self.env["it.kpi.ranking.change"].search([("cycle_id", "=", self.cycle.id)])
        names = {change.unit_id.short_name: change for change in changes}
        self.assertIn("旺苍", names, "its rank differs")
        self.assertNotIn("青川", names, "nothing of it differs but that it is open who is last")
        self.assertFalse(any(change.is_last for change in changes))

    def test_the_query_says_it_for_each_year_by_itself(self):
        self.set_state(*MISSING)
        other = self.open_cycle(year=2098)
        self.file_forms(other, EXAMPLE)
        self.env.flush_all()
        rows = self.env.execute_query_dict(ranking_query())
        found = {(row["cycle_id"], row["provisional"]) for row in rows if row["complete"]}
        self.assertEqual(found, {(self.cycle.id, True), (other.id, False)})
