"""The rules that the worked example does not reach, one by one."""

from odoo.tests import tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestScoringRules(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle(
            cls.get_unit("利州") | cls.get_unit("昭化") | cls.get_unit("朝天")
        )

    def line(self, short_name, kind, code):
        return self.env["it.kpi.ranking.line"].search(
            [
                ("cycle_id", "=", self.cycle.id),
                ("unit_id.short_name", "=", short_name),
                ("kind", "=", kind),
                ("indicator_id.code", "=", code),
            ]
        )

    def test_r1_score_is_rounded_half_up(self):
        grade = self.cycle.rubric_id.grade_ids[1]
        grade.ratio = 0.8125
        form = self.get_form(self.cycle, "利州")
        self.fill(form, "B")
        self.assertPoints(form.line_ids[0].score, 1.63)  # 2 x 0.8125 = 1.625

    def test_r2_only_filed_forms_feed_the_mean(self):
        self.file_forms(
            self.cycle, {"利州": ("N" + "A" * 15, "A" * 16), "昭化": ("B" * 16, "A" * 16)}
        )
        self.fill(self.get_form(self.cycle, "朝天"), "D" * 16)
        self.assertPoints(self.line("利州", "assessment", "01").score, 1.6)
        self.get_form(self.cycle, "朝天").state = "submitted"
        self.env.invalidate_all()
        self.assertPoints(self.line("利州", "assessment", "01").score, 1.2)

    def test_r2_forms_of_a_kind_do_not_mix(self):
        self.file_forms(
            self.cycle, {"利州": ("N" * 1 + "A" * 15, "A" * 16), "昭化": ("B" * 16, "D" * 16)}
        )
        self.assertPoints(self.line("利州", "assessment", "01").mean, 1.6)

    def test_r3_what_nobody_has_drops_out_and_the_total_is_scaled(self):
        self.file_forms(
            self.cycle,
            {name: ("N" + "B" * 15, "B" * 16) for name in ("利州", "昭化", "朝天")},
        )
        dropped = self.line("利州", "assessment", "01")
        self.assertEqual(dropped.origin, "dropped")
        # 98 points x 80 % = 78.40, scaled by 100 / 98
        self.assertPoints(self.scores(self.cycle)["利州"].assessment_total, 80)

    def test_r3_a_form_kind_that_nobody_has_anything_of_totals_zero(self):
        self.file_forms(
            self.cycle, {name: ("N" * 16, "B" * 16) for name in ("利州", "昭化", "朝天")}
        )
        score = self.scores(self.cycle)["利州"]
        self.assertPoints(score.assessment_total, 0)
        self.assertPoints(score.final, 40)

    def test_r6_the_lines_of_a_vetoed_unit_still_feed_the_means(self):
        self.file_forms(
            self.cycle, {"利州": ("N" + "A" * 15, "A" * 16), "昭化": ("B" * 16, "A" * 16)}
        )
        self.record_incident("昭化", "network_security")
        self.env.invalidate_all()
        self.assertPoints(self.line("利州", "assessment", "01").score, 1.6)
        score = self.scores(self.cycle)["昭化"]
        self.assertPoints(score.final, 0)
        self.assertPoints(score.before_veto, 90)

    def test_r6_an_incident_of_another_year_or_one_that_was_lifted_does_not_count(self):
        self.file_forms(self.cycle, {"利州": ("A" * 16, "A" * 16)})
        self.record_incident("利州", "network_security", "2098-12-31")
        incident = self.record_incident("利州", "network_security")
        self.assertPoints(self.scores(self.cycle)["利州"].final, 0)
        incident.with_user(self.users["division"]).action_lift(
            "撤销决定〔2099〕2号", "经复核不成立"
        )
        self.assertPoints(self.scores(self.cycle)["利州"].final, 100)

    def test_r7_a_leak_counts_as_a_zero_in_the_mean_even_where_marked_not_applicable(self):
        leaking = "A" * 9 + "N" + "A" * 6
        self.file_forms(
            self.cycle,
            {
                "利州": (leaking, "A" * 16),
                "昭化": (leaking, "A" * 16),
                "朝天": ("A" * 16, "A" * 16),
            },
        )
        self.record_incident("利州", "leak")
        self.env.invalidate_all()
        self.assertPoints(self.line("利州", "assessment", "10").score, 0)
        self.assertPoints(self.line("昭化", "assessment", "10").score, 7.5)  # (0 + 15) / 2
        self.assertPoints(self.scores(self.cycle)["利州"].survey_total, 85)

    def test_r7_a_second_incident_of_the_same_kind_changes_nothing(self):
        self.file_forms(self.cycle, {"利州": ("A" * 16, "A" * 16), "昭化": ("A" * 16, "A" * 16)})
        self.record_incident("利州", "leak")
        self.record_incident("利州", "leak", "2099-09-01")
        self.assertPoints(self.scores(self.cycle)["利州"].final, 85)
        self.assertEqual(self.line("昭化", "survey", "10").unit_count, 2)

    def test_r7_the_effect_is_a_setting_of_the_rubric(self):
        self.file_forms(self.cycle, {"利州": ("A" * 16, "A" * 16)})
        veto = self.cycle.rubric_id.veto_ids.filtered(lambda veto: veto.kind == "leak")
        veto.write({"effect": "final", "indicator_id": False})
        self.record_incident("利州", "leak")
        score = self.scores(self.cycle)["利州"]
        self.assertPoints(score.before_veto, 100)
        self.assertPoints(score.final, 0)

    def test_r8_a_unit_has_no_final_before_both_forms_are_filed(self):
        self.file_forms(self.cycle, {"利州": ("A" * 16, "A" * 16), "昭化": ("A" * 16, "A" * 16)})
        self.get_form(self.cycle, "昭化", "survey").state = "draft"
        scores = self.scores(self.cycle)
        self.assertTrue(scores["利州"].complete)
        self.assertEqual(scores["利州"].rank, 1)
        self.assertFalse(scores["昭化"].complete)
        self.assertFalse(scores["昭化"].rank)
        self.assertFalse(scores["昭化"].is_last)

    def test_r9_equal_finals_share_a_rank_and_the_next_is_skipped(self):
        self.file_forms(
            self.cycle,
            {
                "利州": ("A" * 16, "A" * 16),
                "昭化": ("A" * 16, "A" * 16),
                "朝天": ("B" * 16, "A" * 16),
            },
        )
        ranks = {name: score.rank for name, score in self.scores(self.cycle).items()}
        self.assertEqual(ranks, {"利州": 1, "昭化": 1, "朝天": 3})

    def test_r10_a_tie_at_the_edge_takes_all_its_units(self):
        self.cycle.rubric_id.last_count = 1
        self.file_forms(
            self.cycle,
            {
                "利州": ("A" * 16, "A" * 16),
                "昭化": ("B" * 16, "B" * 16),
                "朝天": ("B" * 16, "B" * 16),
            },
        )
        last = {name for name, score in self.scores(self.cycle).items() if score.is_last}
        self.assertEqual(last, {"昭化", "朝天"})
