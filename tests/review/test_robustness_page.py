"""Section 10: what the page 排名稳健性 tells of a year, and to whom."""

from collections import Counter
from decimal import Decimal
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.models.score.scoring_queries import ranking_query

from ..helpers.common import EXAMPLE, POINTS, BureauCase
from ..helpers.last_year import LastYearCase

READERS = ("head", "leadership")
LONG = "本单位已建立信息化工作机构，职责明确，按月推进。"


class RobustnessCase(BureauCase):
    def read(self, role="head", cycle=None):
        self.env.flush_all()
        self.env.invalidate_all()
        pages = self.env["it.kpi.robustness"].with_user(self.users[role])
        return pages.get_robustness((cycle or self.cycle).id)

    def by_name(self, rows):
        return {row["name"]: row for row in rows}


@tagged("post_install", "-at_install")
class TestRobustnessPage(RobustnessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.cycle.survey_ids[:3].assessor_ids = cls.users["assessor"]
        cls.newcomer = cls.new_user("assessor", "assessor_of_two")
        cls.cycle.survey_ids[3:5].assessor_ids = cls.newcomer
        cls.cycle.with_user(cls.users["division"]).action_start_review()

    def test_a_year_before_review_has_no_page(self):
        open_cycle = self.open_cycle(year=2100)
        self.assertRefused("from the review on", self.read, "head", open_cycle)

    def test_a_missing_final_is_named(self):
        self.get_form(self.cycle, "朝天", "survey").state = "draft"
        with self.assertRaisesRegex(UserError, "朝天"):
            self.read()

    def test_it_is_for_heads_and_the_leadership(self):
        for role, user in self.users.items():
            pages = self.env["it.kpi.robustness"].with_user(user)
            with self.subTest(role):
                if role in READERS:
                    pages.get_robustness(self.cycle.id)
                else:
                    with self.assertRaises(AccessError):
                        pages.get_robustness(self.cycle.id)

    def test_who_belongs_to_a_unit_waits_for_the_publication(self):
        self.get_unit("昭化").member_ids = self.users["leadership"]
        pages = self.env["it.kpi.robustness"].with_user(self.users["leadership"])
        self.assertRefused("after publication", pages.get_robustness, self.cycle.id)

    def test_finals_ranks_and_gaps_are_those_of_the_ranking(self):
        live = self.scores(self.cycle)
        rows = self.by_name(self.read()["units"])
        self.assertEqual(set(rows), set(live))
        for name, row in rows.items():
            expected = (f"{live[name].final:.2f}", live[name].rank, live[name].is_last)
            self.assertEqual((row["final"], row["rank"], row["is_last"]), expected)
        self.assertEqual(rows["朝天"]["above"]["points"], "8.37")  # 81.85 - 73.48
        self.assertEqual(rows["朝天"]["below"]["points"], "5.48")  # 73.48 - 68.00
        self.assertIn("more than one grade", rows["朝天"]["above"]["words"])
        self.assertEqual(rows["利州"]["above"], {"points": "", "words": ""})
        self.assertEqual(rows["旺苍"]["below"], {"points": "", "words": ""})
        self.assertEqual(rows["昭化"]["lacking"], 4)

    def test_a_ranking_is_computed_once_however_many_units(self):
        """The ORM reads records in batches, here of two: a live ranking is a query each time."""
        ranking = "odoo.addons.it_kpi_assessment.models.score.it_kpi_ranking.ranking_query"
        with (
            patch("odoo.orm.fields.PREFETCH_MAX", 2),
            patch("odoo.orm.models.PREFETCH_MAX", 2),
            patch(ranking, wraps=ranking_query) as queries,
        ):
            self.read()
        queries.assert_called_once()

    def test_a_gap_is_told_by_the_least_indicator_that_closes_it(self):
        """80.00 and 80.40: one grade on 2 points moves a final by 0.20, on 4 points by 0.40."""
        for name, survey in (("朝天", "B" * 16), ("昭化", "BBBA" + "B" * 12)):
            self.fill(self.get_form(self.cycle, name), "B" * 16)
            self.fill(self.get_form(self.cycle, name, "survey"), survey)
        row = self.by_name(self.read()["units"])["朝天"]
        self.assertEqual(
            row["above"], {"points": "0.40", "words": "one grade on an indicator of 4 points"}
        )

    def test_published_is_told_as_it_was_published(self):
        self.approve(self.cycle)
        self.cycle.with_user(self.users["division"]).action_publish()
        before = self.read()
        line = self.get_form(self.cycle, "利州", "survey").line_ids[0]
        self.env.cr.execute(
            "UPDATE it_kpi_survey_line SET grade_id = %s, score = 0 WHERE id = %s",
            [self.cycle.rubric_id.grade_ids[3].id, line.id],
        )
        after = self.read()
        self.assertEqual(before["units"], after["units"])
        self.assertEqual(before["deciding"], after["deciding"])

    def test_a_deciding_mark_is_told_with_what_it_changes(self):
        """昭化 is a step away from the band above."""
        rubric = self.cycle.rubric_id.sudo()
        rubric.band_ids = [
            Command.create({"name": name, "threshold": threshold})
            for name, threshold in (("优秀", 90), ("良好", 82), ("合格", 60))
        ]
        page = self.read()
        rows = [row for row in page["deciding"]["rows"] if row["unit"] == "昭化"]
        self.assertTrue(rows)
        self.assertEqual(
            {effect for row in rows for effect in row["effects"]}, {"昭化: from “合格” to “良好”"}
        )
        self.assertTrue(all(float(row["final"]) >= 82 for row in rows))
        marks = {(row["unit"], row["form"], row["indicator"]) for row in page["deciding"]["rows"]}
        self.assertEqual(
            {row["name"]: row["marks"] for row in page["units"] if row["marks"]},
            Counter(unit for unit, _form, _indicator in marks),
        )
        self.assertEqual(page["deciding"]["count"], len(marks))

    def test_a_mark_that_decides_both_ways_counts_once(self):
        rubric = self.cycle.rubric_id.sudo()
        rubric.band_ids = [
            Command.create({"name": name, "threshold": threshold})
            for name, threshold in (("优秀", "73.50"), ("良好", "73.46"))
        ]
        deciding = self.read()["deciding"]
        self.assertGreater(deciding["steps"], deciding["count"])
        ways = Counter((row["unit"], row["form"], row["indicator"]) for row in deciding["rows"])
        self.assertEqual(deciding["count"], len(ways))

    def test_the_picture_says_what_it_leaves_out(self):
        page = self.read()
        self.assertEqual(page["undrawn"], 0)
        with (
            patch("odoo.addons.it_kpi_assessment.review.picture.MOST_ROWS", 4),
            patch("odoo.addons.it_kpi_assessment.models.review.it_kpi_robustness.MOST_ROWS", 4),
        ):
            page = self.read()
        self.assertEqual(page["undrawn"], 2)
        self.assertNotIn("利州", page["picture"])

    def test_indicators_that_decide_nothing(self):
        for name in EXAMPLE:
            for kind in ("assessment", "survey"):
                form = self.get_form(self.cycle, name, kind)
                if form.state != "unfiled":
                    form.line_ids[8].grade_id = self.cycle.rubric_id.grade_ids[0]
        rows = self.read()["indicators"]
        self.assertEqual([float(row["points"]) for row in rows], [float(each) for each in POINTS])
        self.assertEqual([row["is_idle"] for row in rows], [number == 8 for number in range(16)])
        self.assertEqual(rows[8]["ranges"], {"assessment": "15.00–15.00", "survey": "15.00–15.00"})

    def test_assessors_are_counted_for_heads_only(self):
        self.assertEqual(self.read("leadership")["assessors"], [])
        rows = self.by_name(self.read()["assessors"])
        told = rows[self.users["assessor"].name]
        surveys = self.cycle.survey_ids.filtered(
            lambda survey: self.users["assessor"] in survey.assessor_ids
        )
        self.assertEqual(told["units"], 3)
        graded = surveys.line_ids.filtered("grade_id")
        self.assertEqual(told["lines"], len(graded))
        best = graded.filtered(lambda line: line.grade_id.code == "A")
        self.assertEqual(told["best"], len(best))
        self.assertEqual(told["mean"], self.get_mean(graded, 1))
        self.assertEqual(told["own_mean"], self.get_mean(graded, 0))
        few = rows[self.newcomer.name]
        told = {name: value for name, value in few.items() if name not in ("name", "units")}
        self.assertEqual(few["units"], 2)
        self.assertEqual(set(told.values()), {""}, "so few say nothing, not even their counts")

    def get_mean(self, graded, side):
        """Return the mean of the lines that both forms graded, of one of the two."""
        pairs = []
        for line in graded:
            own = self.get_form(self.cycle, line.form_id.unit_id.short_name).line_ids.filtered(
                lambda each, line=line: each.indicator_id == line.indicator_id and each.grade_id
            )
            if own and own.form_id.state == "submitted":
                pairs.append((Decimal(str(own.grade_id.ratio)), Decimal(str(line.grade_id.ratio))))
        mean = 100 * sum(pair[side] for pair in pairs) / len(pairs)
        return f"{mean.quantize(Decimal('0.1'), rounding='ROUND_HALF_UP')} %"

    def test_the_print_has_no_assessors(self):
        report = self.env["ir.actions.report"].with_user(self.users["head"])
        name = "it_kpi_assessment.report_robustness"
        html = report._render_qweb_html(name, self.cycle.ids)[0].decode()
        self.assertIn("排名稳健性说明", html)
        self.assertIn("73.48", html)
        self.assertNotIn(self.users["assessor"].name, html)
        for role in ("division", "assessor", "reporter"):
            refused = self.env["ir.actions.report"].with_user(self.users[role])
            with self.subTest(role), self.assertRaises(AccessError):
                refused._render_qweb_html(name, self.cycle.ids)


@tagged("post_install", "-at_install")
class TestHints(RobustnessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.lines = cls.get_form(cls.cycle, "利州").line_ids
        cls.others = cls.get_form(cls.cycle, "昭化").line_ids
        cls.cycle.with_user(cls.users["division"]).action_start_review()

    def hints(self, **rules):
        self.cycle.rubric_id.sudo().write(rules)
        return [(hint["rule"], hint["places"]) for hint in self.read()["hints"]]

    def name(self, unit, *lines):
        return f"{unit}: {', '.join(line.indicator_id.form_label for line in lines)}"

    def test_all_are_off_by_default(self):
        for name in ("hint_same_text", "hint_same_file", "hint_unchanged"):
            self.assertFalse(self.rubric[name])
        (self.lines[0] + self.lines[1]).explanation = LONG
        self.assertEqual(self.hints(), [])

    def test_the_same_explanation(self):
        self.lines[0].explanation = LONG
        self.lines[2].explanation = LONG.replace("，", "，\n ")
        self.others[2].explanation = LONG
        places = [
            self.name("利州", self.lines[0], self.lines[2]),
            self.name("昭化", self.others[2]),
        ]
        self.assertEqual(self.hints(hint_same_text=True), [("Same Explanation", places)])

    def test_a_short_text_is_no_hint(self):
        self.assertEqual(self.hints(hint_same_text=True), [], "如实说明 stands everywhere")

    def test_the_same_file(self):
        for line in (self.lines[0], self.others[5]):
            values = {"name": "台账.txt", "raw": "同一份台账".encode()}
            line.sudo().attachment_ids = [Command.create(values)]
        places = [self.name("利州", self.lines[0]), self.name("昭化", self.others[5])]
        self.assertEqual(self.hints(hint_same_file=True), [("Same File", places)])

    def test_no_unit_reads_hints_or_switches_them_on(self):
        draft = self.rubric.copy({"version": "草案"})
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.subTest(role), self.assertRaises(AccessError):
                draft.with_user(self.users[role]).hint_same_text = True
        draft.with_user(self.users["division"]).hint_same_text = True


@tagged("post_install", "-at_install")
class TestYears(LastYearCase, RobustnessCase):
    def test_self_assessment_and_survey_stand_side_by_side_over_the_years(self):
        self.file_forms(self.cycle, EXAMPLE)
        self.cycle.with_user(self.users["division"]).action_start_review()
        leniency = self.read()["leniency"]
        self.assertEqual(leniency["years"], [2099, 2100])
        rows = self.by_name(leniency["rows"])
        self.assertEqual(rows["利州"]["gaps"], ["+4.80", "+4.80"])  # 93.60 - 88.80
        self.assertEqual(rows["剑阁"]["gaps"], ["–", "–"], "未报 is no self-assessment")

    def test_an_explanation_of_last_year(self):
        line = self.get_form(self.last, "利州").line_ids[3]
        line.sudo().explanation = LONG
        self.file_forms(self.cycle, EXAMPLE)
        again = self.get_form(self.cycle, "利州").line_ids[3]
        again.explanation = LONG
        self.get_form(self.cycle, "昭化").line_ids[3].explanation = LONG
        self.cycle.rubric_id.sudo().hint_unchanged = True
        self.cycle.with_user(self.users["division"]).action_start_review()
        [hint] = self.read()["hints"]
        self.assertEqual(hint["places"], [f"利州: {again.indicator_id.form_label}"])
