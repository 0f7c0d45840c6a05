"""试算: the ranking under other rules, beside the live one. Nothing is stored."""

from hypothesis import given
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..helpers.common import EXAMPLE, POINTS, RATIOS, BureauCase
from ..helpers.queries import count_queries
from ..helpers.random_years import LEAK_ROW, RandomYearCase, examples, years
from ..helpers.reference_scorer import Unit, Year, read_incidents

AS_IN_THE_RUBRIC = {"network_security": "final", "leak": LEAK_ROW}


class TrialCase(BureauCase):
    def attempt(self, cycle, role="division", **terms):
        """Return the rows of a trial by unit."""
        self.env.invalidate_all()
        rows = self.trial(role).try_ranking(cycle.id, **terms)
        return {row["name"]: row for row in rows}

    def trial(self, role="division"):
        return self.env["it.kpi.trial"].with_user(self.users[role])

    def tried(self, row):
        """Return what the trial says of a unit, as a reader sees it."""
        return (f"{row['tried_final']:.2f}", row["tried_rank"], row["tried_is_last"])

    def indicator(self, cycle, code):
        return cycle.rubric_id.indicator_ids.filtered(lambda each: each.code == code)


@tagged("post_install", "-at_install")
class TestTrial(TrialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()

    def test_the_rules_as_they_are_give_the_live_ranking(self):
        live = self.scores(self.cycle)
        for name, row in self.attempt(self.cycle).items():
            expected = (f"{live[name].final:.2f}", live[name].rank, live[name].is_last)
            self.assertEqual(self.tried(row), expected)
            self.assertEqual((row["final"], row["rank"]), (row["tried_final"], row["tried_rank"]))
            self.assertEqual((row["final_change"], row["rank_change"]), (0, 0))

    def test_another_weight(self):
        rows = self.attempt(self.cycle, weight=30)
        # 30 % of 85.85 and 70 % of 77.84 are 80.243
        self.assertEqual(self.tried(rows["昭化"]), ("80.24", 2, False))
        self.assertPoints(rows["昭化"]["final_change"], -1.61)

    def test_one_form_alone(self):
        own, visit = self.attempt(self.cycle, weight=100), self.attempt(self.cycle, weight=0)
        self.assertEqual(self.tried(own["剑阁"]), ("0.00", 5, True))
        self.assertEqual(self.tried(visit["剑阁"]), ("72.80", 3, False))
        self.assertEqual(visit["剑阁"]["rank_change"], 2)
        self.assertTrue(visit["剑阁"]["is_last"], "as it is, it must rectify")

    def test_a_leak_makes_the_final_0(self):
        rows = self.attempt(self.cycle, readings={"leak": "final"})
        self.assertEqual(self.tried(rows["青川"]), ("0.00", 5, True))
        # Its 12.00 in the row count again, of which 昭化 has no mean: nothing else moves.
        self.assertEqual(self.tried(rows["昭化"])[0], "81.85")

    def test_an_incident_without_effect(self):
        rows = self.attempt(self.cycle, readings={"network_security": "none", "leak": "none"})
        self.assertEqual(self.tried(rows["旺苍"]), ("85.95", 2, False))
        self.assertEqual(self.tried(rows["青川"]), ("80.00", 4, True))

    def test_an_incident_that_makes_another_indicator_0(self):
        first = self.indicator(self.cycle, "01")
        rows = self.attempt(self.cycle, readings={"network_security": first.id})
        self.assertEqual(self.tried(rows["旺苍"])[0], "83.95", "without the 2 points of two As")

    def test_without_a_unit_its_forms_feed_no_mean(self):
        rows = self.attempt(self.cycle, without=self.get_unit("利州").id)
        self.assertFalse(rows["利州"]["takes_part"])
        self.assertIsNone(rows["利州"]["tried_final"])
        # Its mean in row 4 goes without the 4.00 of 利州.
        self.assertLess(rows["昭化"]["tried_final"], rows["昭化"]["final"])
        self.assertEqual(rows["昭化"]["tried_rank"], 1)
        others = Year(POINTS, RATIOS, self.reference(without="利州")).scores()
        for name, score in others.items():
            expected = (f"{score.final:.2f}", score.rank, score.is_last)
            self.assertEqual(self.tried(rows[name]), expected)

    def reference(self, without):
        incidents = {"旺苍": ["network_security"], "青川": ["leak"]}
        return {
            name: read_incidents(Unit(*marks), incidents.get(name, ()), AS_IN_THE_RUBRIC)
            for name, marks in EXAMPLE.items()
            if name != without
        }

    def explain(self, name, number, role="division", **terms):
        """Return how a number of a unit came about in a trial."""
        unit = self.get_unit(name)
        [answer] = self.trial(role).explain_trial(self.cycle.id, unit.id, number, **terms)
        return answer["sentences"]

    def test_a_final_as_tried_says_how_it_was_weighed(self):
        self.assertEqual(
            self.explain("昭化", "final", weight=30),
            ["85.85 × 30% + 77.84 × 70% = 80.243, rounded to 80.24"],
        )
        self.assertEqual(
            self.explain("昭化", "final", weight=12.5),
            ["85.85 × 12.5% + 77.84 × 87.5% = 78.84125, rounded to 78.84"],
        )
        self.assertEqual(
            self.explain("剑阁", "final", weight=0),
            [
                "The self-assessment was not filed: it totals 0.00.",
                "0.00 × 0% + 72.80 × 100% = 72.80",
            ],
        )

    def test_a_final_as_tried_says_what_an_incident_made_of_it(self):
        weighed, veto = self.explain("青川", "final", readings={"leak": "final"})
        self.assertIn(" × 50% + ", weighed)
        before = weighed.split()[-1]
        self.assertIn("Leak of Secrets in the year: the final is 0.00 in place of", veto)
        self.assertIn(before, veto)
        none = {"network_security": "none", "leak": "none"}
        self.assertEqual(len(self.explain("旺苍", "final", readings=none)), 1)

    def test_a_rank_as_tried_says_who_is_above_and_why_it_is_a_last_one(self):
        place, last = self.explain("剑阁", "rank")
        self.assertIn("Rank 5 of 6.", place)
        self.assertIn("Units with a lower final: 1, fewer than 3.", last)
        self.assertIn("Rank 4 of 5.", self.explain("剑阁", "rank", without=self.own_unit.id)[0])

    def test_there_is_nothing_to_explain_of_who_has_no_such_number(self):
        own = self.get_unit("利州")
        for unit, number, without in (
            (own.id, "final", own.id),
            (own.id, "is_last", None),
            (-1, "final", None),
            (True, "final", None),
            ([1], "final", None),
        ):
            self.assertRefused(
                "There is no number",
                self.trial().explain_trial,
                self.cycle.id,
                unit,
                number,
                without=without,
            )
        self.get_form(self.cycle, "昭化", "survey").state = "draft"
        self.assertRefused("There is no number", self.explain, "昭化", "rank")

    def test_a_trial_is_explained_to_the_division_alone(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.assertRaises(AccessError):
                self.explain("利州", "final", role)

    def test_what_is_not_known_yet_stays_unknown(self):
        self.get_form(self.cycle, "昭化", "survey").state = "draft"
        row = self.attempt(self.cycle, weight=100)["昭化"]
        self.assertTrue(row["takes_part"])
        self.assertEqual(
            [row["final"], row["rank"], row["tried_final"], row["tried_rank"], row["rank_change"]],
            [None] * 5,
        )

    def test_nothing_is_stored(self):
        before = self.scores(self.cycle)["旺苍"].final
        self.env.cr.execute("SET TRANSACTION READ ONLY")
        self.attempt(self.cycle, weight=10, readings={"leak": "none"}, without=self.own_unit.id)
        self.assertPoints(self.scores(self.cycle)["旺苍"].final, before)

    def test_it_is_for_the_division(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.assertRaises(AccessError):
                self.attempt(self.cycle, role)
        self.assertEqual(len(self.attempt(self.cycle, "division")), len(EXAMPLE))

    def test_it_is_for_a_year_under_way(self):
        draft = self.env["it.kpi.cycle"].create(
            {
                "year": 2097,
                "source_rubric_id": self.rubric.id,
                "unit_ids": [Command.set(self.units.ids)],
            }
        )
        self.assertRefused("only while there is a live ranking", self.attempt, draft)
        self.publish(self.cycle)
        self.assertRefused("only while there is a live ranking", self.attempt, self.cycle)

    def test_it_is_for_a_year_that_exists(self):
        missing = self.env["it.kpi.cycle"].search([], order="id DESC", limit=1).id + 1
        for year in (missing, 10**12, -1, 0, "2099", True, None, False, [self.cycle.id]):
            self.assertRefused("does not exist", self.trial().try_ranking, year)
            self.assertRefused(
                "does not exist", self.trial().explain_trial, year, self.own_unit.id, "final"
            )

    def test_it_is_possible_in_review(self):
        self.cycle.with_user(self.users["division"]).action_start_review("按期转入")
        self.assertEqual(self.attempt(self.cycle)["利州"]["tried_rank"], 1)

    def test_what_makes_no_sense_is_refused_by_name(self):
        for weight in (-1, 100.01, "half", None, True, "NaN", 33.333, [50]):
            self.assertRefused(
                "“Weight of the Self-Assessment”", self.attempt, self.cycle, weight=weight
            )
        other = self.rubric.indicator_ids[0].id
        for effect in ("zero", other, None, True, -1, [1]):
            self.assertRefused(
                "“Leak of Secrets” has no effect",
                self.attempt,
                self.cycle,
                readings={"leak": effect},
            )
        self.assertRefused("no kind “fire”", self.attempt, self.cycle, readings={"fire": "none"})
        self.assertRefused("“Incidents”", self.attempt, self.cycle, readings=["leak"])
        stranger = self.env["it.kpi.unit"].search([("id", "not in", self.units.ids)], limit=1)
        for unit in (stranger.id, -1, True, "利州", [1]):
            self.assertRefused("“Without Unit”", self.attempt, self.cycle, without=unit)


@tagged("post_install", "-at_install")
class TestTrialQueries(TrialCase):
    def count(self, count, year):
        units = self.env["it.kpi.unit"].create(
            [{"name": f"{year}-{n}", "short_name": f"{year}-{n}"} for n in range(count)]
        )
        cycle = self.open_cycle(units, year)
        self.file_forms(cycle, {unit.short_name: ("B" * 16, "C" * 16) for unit in units})
        terms = {"weight": 40, "readings": {"leak": "final"}, "without": units[0].id}
        self.attempt(cycle, **terms)
        trial = self.trial()
        return count_queries(self.env, lambda: trial.try_ranking(cycle.id, **terms))

    def test_queries_do_not_grow_with_the_units(self):
        self.assertEqual(self.count(5, 2091), self.count(25, 2092))


@tagged("post_install", "-at_install")
class TestTrialProperty(RandomYearCase, TrialCase):
    """Random years under random rules: the database and the independent reference agree."""

    incidents = st.frozensets(st.sampled_from(sorted(AS_IN_THE_RUBRIC)))
    effects = st.sampled_from(["none", "final"]) | st.integers(0, 15)

    @examples(40)
    @given(
        year=years,
        weight=st.integers(0, 10000),
        incidents=st.lists(incidents, min_size=len(EXAMPLE), max_size=len(EXAMPLE)),
        readings=st.dictionaries(st.sampled_from(sorted(AS_IN_THE_RUBRIC)), effects),
        without=st.none() | st.integers(0, len(EXAMPLE) - 1),
    )
    def test_random_rules(self, year, weight, incidents, readings, without):
        cycle = self.cycle_of(len(year))
        names = self.units.mapped("short_name")[: len(year)]
        left_out = names[without] if without is not None and without < len(names) else None
        if left_out and year[without].withdrawn:
            left_out = None
        self.load(
            cycle,
            {
                name: Unit(u.assessment, u.survey, withdrawn=u.withdrawn)
                for name, u in zip(names, year, strict=True)
            },
        )
        self.record_incidents(cycle, dict(zip(names, incidents, strict=False)))
        rules = AS_IN_THE_RUBRIC | readings
        expected = Year(
            POINTS,
            RATIOS,
            {
                name: read_incidents(unit, kinds, rules)
                for name, unit, kinds in zip(names, year, incidents, strict=False)
                if name != left_out
            },
            weight=f"{weight / 100:.2f}",
        ).scores()
        rows = self.attempt(
            cycle,
            weight=weight / 100,
            readings={kind: self.get_effect(cycle, effect) for kind, effect in readings.items()},
            without=left_out and self.get_unit(left_out).id,
        )
        self.assertEqual(
            {name: self.tried(row) for name, row in rows.items() if row["takes_part"]},
            {name: (f"{x.final:.2f}", x.rank, x.is_last) for name, x in expected.items()},
        )

    def record_incidents(self, cycle, incidents):
        for name, kinds in incidents.items():
            for kind in sorted(kinds):
                self.record_incident(name, kind, f"{cycle.year}-03-01")

    def get_effect(self, cycle, effect):
        return cycle.rubric_id.indicator_ids[effect].id if isinstance(effect, int) else effect


@tagged("post_install", "-at_install")
class TestTrialTour(HttpCase, TrialCase):
    def test_the_division_tries_other_rules(self):
        cycle = self.example_year()
        self.start_tour("/odoo/it-kpi-ranking", "it_kpi_trial", login="test_division")
        self.assertPoints(self.scores(cycle)["利州"].final, 91.20)
