"""The worked example of the specification, number by number."""

from odoo.tests import tagged

from ..helpers.common import BureauCase

EXPECTED = {
    # unit: assessment, survey, before the veto, final, rank, last three
    "利州": ("93.60", "88.80", "91.20", "91.20", 1, False),
    "昭化": ("85.85", "77.84", "81.85", "81.85", 2, False),
    "朝天": ("75.35", "71.60", "73.48", "73.48", 3, False),
    "旺苍": ("89.30", "82.60", "85.95", "0.00", 6, True),
    "青川": ("68.00", "68.00", "68.00", "68.00", 4, True),
    "剑阁": ("0.00", "72.80", "36.40", "36.40", 5, True),
}
MEANS = {
    ("assessment", "04"): ("3.40", 4),
    ("assessment", "07"): ("4.50", 4),
    ("assessment", "14"): ("4.25", 4),
    ("assessment", "16"): ("3.75", 4),
    ("survey", "04"): ("3.04", 5),
    ("survey", "07"): ("4.20", 5),
    ("survey", "14"): ("4.00", 5),
    ("survey", "16"): ("3.40", 5),
}


def shown(score):
    return (
        *(
            f"{score[name]:.2f}"
            for name in ("assessment_total", "survey_total", "before_veto", "final")
        ),
        score.rank,
        score.is_last,
    )


@tagged("post_install", "-at_install")
class TestScoringExample(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()

    def test_live_ranking(self):
        scores = self.scores(self.cycle)
        self.assertEqual({name: shown(score) for name, score in scores.items()}, EXPECTED)

    def test_means(self):
        lines = self.env["it.kpi.ranking.line"].search(
            [("cycle_id", "=", self.cycle.id), ("origin", "=", "mean")]
        )
        means = {
            (line.kind, line.indicator_id.code): (f"{line.mean:.2f}", line.unit_count)
            for line in lines
        }
        self.assertEqual(means, MEANS)
        self.assertTrue(all(line.score == line.mean for line in lines))

    def test_publication_freezes_the_same_numbers(self):
        results = self.publish(self.cycle).result_ids
        self.assertEqual({result.unit_id.short_name: shown(result) for result in results}, EXPECTED)
        # 5 filed assessments and 6 surveys of 16 lines each
        self.assertEqual(len(results.line_ids), 11 * 16)
        self.assertFalse(self.scores(self.cycle), "a published cycle has no live ranking")

    def test_lines_add_up_to_the_total(self):
        results = self.publish(self.cycle).result_ids
        for result in results.filtered(lambda result: not result.unfiled):
            for kind in ("assessment", "survey"):
                lines = result.line_ids.filtered(lambda line, kind=kind: line.kind == kind)
                self.assertPoints(sum(lines.mapped("score")), result[f"{kind}_total"])

    def test_every_number_is_explained(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        lines = self.publish(self.cycle).result_ids.line_ids
        by_key = {(x.unit_id.short_name, x.kind, x.indicator_id.code): x for x in lines}
        mean = by_key["昭化", "assessment", "04"].explanation
        self.assertIn("3.40", mean)
        for part in ("4", "利州 4.00", "朝天 3.20", "旺苍 3.20", "青川 3.20"):
            self.assertIn(part, mean)
        self.assertNotIn("昭化", mean)
        graded = by_key["利州", "assessment", "02"].explanation
        for part in ("1.60", "2", "80%", "B"):
            self.assertIn(part, graded)
        self.assertIn("Leak of Secrets", by_key["青川", "survey", "10"].explanation)
        self.assertTrue(all(line.explanation for line in lines))

    def test_notes_name_the_veto_and_the_unfiled(self):
        scores = self.scores(self.cycle)
        self.assertIn("85.95", scores["旺苍"].note)
        self.assertIn("Network Security Incident", scores["旺苍"].note)
        self.assertTrue(scores["剑阁"].note)
        self.assertFalse(scores["利州"].note)
