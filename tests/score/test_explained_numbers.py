"""Every number says how it came about, in the words of the 成绩单 (R12)."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..helpers.common import EXAMPLE, ROLES, BureauCase
from ..helpers.queries import count_queries

MEAN = "3.40 = mean of the 4 units that have this"


class ExplainedCase(BureauCase):
    def explain(self, record, name, role="division"):
        """Return the sentences of one number, as a role reads them."""
        self.env.invalidate_all()
        [answer] = record.with_user(self.users[role]).explain_number(name)
        self.assertEqual(answer["id"], record.id)
        return answer["sentences"]

    def line(self, result, kind, code):
        return result.line_ids.filtered(
            lambda line: line.kind == kind and line.indicator_id.code == code
        )


@tagged("post_install", "-at_install")
class TestPublishedNumbers(ExplainedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)

    def result(self, short_name):
        return self.publication.result_ids.filtered(
            lambda result: result.unit_id.short_name == short_name
        )

    def test_r1_a_grade(self):
        line = self.line(self.result("利州"), "assessment", "02")
        self.assertEqual(self.explain(line, "score"), ["1.60 = 2 points × 80% (grade B)"])

    def test_r2_a_mean_names_its_units_and_their_points_to_who_may_read_them(self):
        line = self.line(self.result("昭化"), "assessment", "04")
        points = "利州 4.00、朝天 3.20、旺苍 3.20、青川 3.20"
        for role in ("head", "division", "leadership"):
            self.assertEqual(self.explain(line, "score", role), [f"{MEAN} ({points})"])

    def test_r2_others_learn_over_how_many_and_which_units_it_went(self):
        self.get_unit("昭化").reporter_ids = [Command.link(self.users["reporter"].id)]
        line = self.line(self.result("昭化"), "assessment", "04")
        expected = f"{MEAN} (利州 4.00、朝天、旺苍、青川)"  # 利州 is their own unit as well
        self.assertEqual(self.explain(line, "score", "reporter"), [expected])

    def test_r2_the_mean_of_a_graded_line(self):
        line = self.line(self.result("朝天"), "assessment", "04")
        [sentence] = self.explain(line, "mean")
        self.assertIn(MEAN, sentence)

    def test_r4_a_total_is_the_sum_of_the_dimensions(self):
        [sentence] = self.explain(self.result("昭化"), "assessment_total")
        total, parts = sentence.split(" = ")
        self.assertEqual(total, "85.85")
        points = [part.rsplit(" ", 1)[1] for part in parts.split(" + ")]
        self.assertEqual(points, ["8.60", "17.00", "32.00", "16.00", "9.25", "3.00"])

    def test_r5_the_final_and_its_rounding(self):
        mean = "Mean of the two totals: (85.85 + 77.84) ÷ 2 = 81.845, rounded to 81.85."
        self.assertEqual(self.explain(self.result("昭化"), "final"), [mean])

    def test_r6_a_veto_tells_the_final_before(self):
        mean, veto = self.explain(self.result("旺苍"), "final")
        self.assertIn("= 85.95", mean)
        self.assertIn("Network Security Incident in the year: the final is 0.00", veto)
        self.assertEqual(self.explain(self.result("旺苍"), "before_veto"), [mean])

    def test_r7_a_leak(self):
        line = self.line(self.result("青川"), "survey", "10")
        [sentence] = self.explain(line, "score")
        self.assertIn("Leak of Secrets", sentence)

    def test_r8_not_filed(self):
        [sentence] = self.explain(self.result("剑阁"), "assessment_total")
        self.assertIn("not filed", sentence)
        self.assertEqual(len(self.explain(self.result("剑阁"), "final")), 2)

    def test_r9_a_rank_tells_how_many_are_above(self):
        self.assertEqual(
            self.explain(self.result("朝天"), "rank"),
            ["Rank 3 of 6. Units with a higher final than 73.48: 2."],
        )

    def test_r10_one_of_the_last_three(self):
        _place, last = self.explain(self.result("青川"), "rank")
        self.assertIn("Units with a lower final: 2, fewer than 3.", last)

    def test_who_reads_the_result_reads_its_explanation(self):
        result, line = self.result("利州"), self.line(self.result("利州"), "survey", "01")
        for role in ("reporter", "leader"):
            self.assertEqual(self.explain(result, "final", role), self.explain(result, "final"))
            self.assertEqual(self.explain(result, "rank", role), self.explain(result, "rank"))
            self.assertEqual(self.explain(line, "score", role), self.explain(line, "score"))

    def test_other_units_are_refused(self):
        result = self.result("昭化")
        for role in ("reporter", "leader", "assessor"):
            for record in (result, result.line_ids[:1]):
                with self.assertRaises(AccessError):
                    self.explain(record, record._explained[0], role)

    def test_what_is_no_number_is_refused(self):
        for name in ("unit_id", "note", "write", "veto", ""):
            self.assertRefused(f"no number “{name}”", self.result("利州").explain_number, name)

    def test_several_at_once_in_their_order(self):
        lines = self.result("利州").line_ids
        answers = lines.explain_number("score")
        self.assertEqual([answer["id"] for answer in answers], lines.ids)
        self.assertEqual(
            [answer["sentences"] for answer in answers], [[x.explanation] for x in lines]
        )
        self.assertEqual(answers[0]["heading"], "利州 · Self-Assessment · 领导重视程度")

    def test_a_published_form_says_what_the_result_says(self):
        for kind in ("assessment", "survey"):
            form, result = self.get_form(self.cycle, "昭化", kind), self.result("昭化")
            self.assertEqual(self.explain(form, "total"), self.explain(result, f"{kind}_total"))
            for line in form.line_ids:
                row = self.line(result, kind, line.indicator_id.code)
                self.assertEqual(self.explain(line, "score"), [row.explanation])

    def test_an_assessor_reads_of_a_published_form_its_marks_only(self):
        survey = self.get_form(self.cycle, "昭化", "survey")
        survey.assessor_ids = [Command.link(self.users["assessor"].id)]
        self.assertIn("when the result is published", *self.explain(survey, "total", "assessor"))
        line = survey.line_ids[3]
        self.assertIn("does not have this", *self.explain(line, "score", "assessor"))


@tagged("post_install", "-at_install")
class TestOrderNumbers(ExplainedCase):
    """The numbers in a rectification order say what the result says, to who may read that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        publication = cls.publish(cls.example_year())
        publication.with_user(cls.users["division"]).action_draw_up_orders()
        cls.orders = cls.env["it.kpi.rectification"].search([])
        cls.leak = cls.order("青川").weakness_ids  # all else was marked B
        cls.get_unit("青川").reporter_ids = [Command.set(cls.users["reporter"].ids)]
        cls.orders.write({"verifier_id": cls.users["assessor"].id, "state": "reported"})

    @classmethod
    def order(cls, short_name):
        return cls.orders.filtered(lambda order: order.unit_id.short_name == short_name)

    def test_the_final_and_the_rank_are_those_of_the_result(self):
        for name in ("final", "rank"):
            expected = self.explain(self.order("青川").result_id, name)
            for role in ("reporter", "division", "leadership"):
                self.assertEqual(self.explain(self.order("青川"), name, role), expected)

    def test_a_weak_indicator_says_how_it_was_marked(self):
        for weakness in self.orders.weakness_ids:
            line = weakness.survey_line_id
            self.assertEqual(self.explain(weakness, "survey_score"), [line.explanation])
        self.assertIn("Leak of Secrets", *self.explain(self.leak, "survey_score", "reporter"))

    def test_the_verifier_learns_what_the_order_tells_him_and_no_more(self):
        order = self.order("剑阁")
        basis, unreadable = self.explain(order, "final", "assessor")
        self.assertEqual(basis, order.basis)
        self.assertIn("which you may not read", unreadable)
        weakness = order.weakness_ids[0]
        self.assertIn("(grade C)", *self.explain(weakness, "survey_score", "assessor"))
        self.assertEqual(
            self.explain(weakness, "assessment_score", "assessor"), ["0.00: not filed"]
        )
        self.assertEqual(
            self.explain(self.leak, "survey_score", "assessor"), ["0.00: zeroed by an incident"]
        )

    def test_others_are_refused(self):
        self.orders.verifier_id = False
        for record in (self.orders[0], self.leak):
            with self.assertRaises(AccessError):
                self.explain(record, record._explained[0], "assessor")


@tagged("post_install", "-at_install")
class TestRareNumbers(ExplainedCase):
    """What the worked example does not reach."""

    def publish_marks(self, marks, **files):
        cycle = self.open_cycle(
            self.get_unit("利州") | self.get_unit("昭化") | self.get_unit("朝天")
        )
        self.file_forms(cycle, {name: marks for name in ("利州", "昭化", "朝天")} | files)
        return self.publish(cycle).result_ids

    def test_r3_what_dropped_out_scales_the_total(self):
        result = self.publish_marks(("N" + "B" * 15, "B" * 16))[0]
        [scaled] = self.explain(result, "assessment_total")
        self.assertIn("78.40 × 100 ÷ 98 = 80.00.", scaled)
        self.assertEqual(self.explain(result, "final")[0], scaled)
        dropped = self.line(result, "assessment", "01")
        for name in ("score", "mean"):
            self.assertIn("No unit has this: it drops out", *self.explain(dropped, name))

    def test_r3_a_form_that_nobody_has_anything_of(self):
        result = self.publish_marks(("N" * 16, "B" * 16))[0]
        [sentence] = self.explain(result, "assessment_total")
        self.assertIn("No unit has anything of what this form asks for", sentence)

    def test_r9_a_tie(self):
        result = self.publish_marks(("A" * 16, "A" * 16), 朝天=("B" * 16, "A" * 16))[0]
        place, tie, last = self.explain(result, "rank")
        self.assertIn("Rank 1 of 3. No unit has a higher final.", place)
        self.assertIn("share the rank: 1", tie)
        self.assertIn("Units with a lower final: 1, fewer than 3", last)


@tagged("post_install", "-at_install")
class TestLiveNumbers(ExplainedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, {name: EXAMPLE[name] for name in ("利州", "昭化", "剑阁")})
        cls.fill(cls.get_form(cls.cycle, "朝天"), "A" * 8 + "N")

    def score(self, short_name):
        return self.scores(self.cycle)[short_name]

    def test_it_says_how_it_stands_now(self):
        stand = (
            "As it stands now: 3 of 6 self-assessments are filed or recorded as not filed, "
            "3 of 6 surveys are confirmed."
        )
        for role in ("head", "division", "leadership"):
            mean, now = self.explain(self.score("利州"), "final", role)
            self.assertIn("(93.60 + 88.80) ÷ 2 = 91.20", mean)
            self.assertEqual(now, stand)
            self.assertEqual(self.explain(self.score("利州"), "survey_total", role)[-1], stand)

    def test_a_rank_is_among_those_who_have_a_final(self):
        self.assertIn("Rank 1 of 3.", self.explain(self.score("利州"), "rank")[0])

    def test_there_is_no_final_yet(self):
        for name in ("final", "rank", "survey_total"):
            sentence, _now = self.explain(self.score("朝天"), name)
            self.assertIn("a form of the unit is not filed", sentence)

    def test_a_head_of_a_unit_that_takes_part_learns_nothing(self):
        self.own_unit.member_ids = [Command.link(self.users["head"].id)]
        for unit in ("利州", "昭化"):
            with self.assertRaises(AccessError):
                self.explain(self.score(unit), "assessment_total", "head")

    def test_it_is_for_nobody_else(self):
        for role in set(ROLES) - {"head", "division", "leadership"}:
            with self.assertRaises(AccessError):
                self.explain(self.score("利州"), "final", role)

    def test_a_form_that_is_not_published_explains_its_grades(self):
        form = self.get_form(self.cycle, "朝天")
        graded, lacking, unmarked = self.explain(form, "graded_total")
        self.assertEqual(graded, "30.00 = sum of the graded lines (8)")
        self.assertIn("Lines marked N/A: 1.", lacking)
        self.assertIn("Lines without a mark: 7.", unmarked)
        self.assertIn("when the result is published", *self.explain(form, "total"))
        self.assertEqual(
            [*self.explain(form.line_ids[0], "score"), *self.explain(form.line_ids[9], "score")],
            ["2.00 = 2 points × 100% (grade A)", "The line has no mark yet."],
        )


@tagged("post_install", "-at_install")
class TestExplanationQueries(ExplainedCase):
    """A click costs the same number of queries, however many units there are."""

    def count(self, record, name):
        self.explain(record, name)
        explain = record.with_user(self.users["division"]).explain_number
        return count_queries(self.env, lambda: explain(name))

    def open_year(self, count, year):
        units = self.env["it.kpi.unit"].create(
            [{"name": f"{year}-{n}", "short_name": f"{year}-{n}"} for n in range(count)]
        )
        cycle = self.open_cycle(units, year)
        self.file_forms(cycle, {unit.short_name: ("B" * 16, "C" * 16) for unit in units[1:]})
        self.file_forms(cycle, {units[0].short_name: ("N" + "A" * 15, "B" * 16)})
        return cycle

    def count_all(self, count, year):
        cycle = self.open_year(count, year)
        first = f"{year}-0"
        counts = [
            self.count(self.scores(cycle)[first], name)
            for name in ("assessment_total", "final", "rank")
        ]
        result = self.publish(cycle).result_ids.filtered(
            lambda result: result.unit_id.short_name == first
        )
        counts += [self.count(result, name) for name in ("assessment_total", "final", "rank")]
        return [*counts, self.count(self.line(result, "assessment", "01"), "score")]

    def test_queries_do_not_grow_with_the_units(self):
        self.assertEqual(self.count_all(5, 2091), self.count_all(25, 2092))


@tagged("post_install", "-at_install")
class TestExplainedTour(HttpCase, ExplainedCase):
    def test_a_unit_asks_how_its_numbers_came_about(self):
        self.get_unit("昭化").reporter_ids = [Command.link(self.users["reporter"].id)]
        self.publish(self.example_year())
        self.start_tour("/odoo/it-kpi-results", "it_kpi_explained_result", login="test_reporter")

    def test_the_leadership_asks_how_it_stands(self):
        self.example_year()
        self.start_tour("/odoo/it-kpi-ranking", "it_kpi_explained_live", login="test_leadership")
