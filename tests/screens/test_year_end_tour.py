"""What follows from the ranking, through the screens: six people, one login after another.

Public notice, objection, decision, correction, renewed notice, publication, commendation, funds.
"""

from datetime import timedelta

import lxml.html

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.printing import squeeze
from ..helpers.year import YearTours, score_year

INCIDENTS = {"vetoed": ("旺苍",), "leaked": ("青川",)}
BANDS = (("优秀", 80), ("良好", 70), ("合格", 60), ("不合格", 0))
POOL = 500_000
# The places, among the lines of the survey, that 利州 objects to: 保密, which is corrected from B
# to A, and one that is maintained.
CORRECTED, MAINTAINED = 9, 4
ACTIONS = {
    "ranking": "it_kpi_ranking_action_cycle",
    "results": "it_kpi_result_action_cycle",
    "objections": "it_kpi_objection_action_cycle",
    "sign_objection": "it_kpi_objection_action_sign",
    "sign_survey": "it_kpi_survey_action_sign",
    "confirm": "it_kpi_survey_action_confirm",
    "add_unit": "it_kpi_commendation_line_action_add",
}
TEXTS = {
    "claim": "请更正为A",
    "reason": "附保密检查合格通知",
    "decision": "经复核现场记录和文件",
    "added": "全年进步明显",
}
# 利州 has the coefficient 1.2, four units 1, 旺苍 is vetoed: of 500 000 by 5.2 it gets 115 384.615,
# each of the four 96 153.846. Whole yuan leave 4, which go to the larger remainders.
AMOUNTS = {
    **{"利州": 115_384, "昭化": 96_154, "朝天": 96_154},
    **{"青川": 96_154, "剑阁": 96_154, "旺苍": 0},
}


@tagged("post_install", "-at_install")
class TestYearEndTour(HttpCase, YearTours, BureauCase):
    """The worked example under review, with the settings of the year's end on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bands = [Command.create({"name": name, "threshold": least}) for name, least in BANDS]
        settings = {"notice_days": 5, "quota_kind": "number", "quota": 1}
        awards = {"commended": "band", "proposes_funds": True}
        cls.rubric.sudo().write({"band_ids": bands, **settings, **awards})
        cls.env.company.name = "广元市交通运输局"
        cls.cycle = cls.example_year()
        surveys = cls.cycle.survey_ids
        surveys.write({"assessor_ids": [Command.set(cls.users["assessor"].ids)]})
        surveys.visit_date = f"{cls.cycle.year}-11-20"
        cls.cycle.with_user(cls.users["division"]).action_start_review()
        cls.survey = cls.get_form(cls.cycle, "利州", "survey")
        cls.before = score_year(EXAMPLE, **INCIDENTS)
        cls.after = score_year({**EXAMPLE, "利州": cls.correct_marks()}, **INCIDENTS)
        objected = [cls.survey.line_ids[place] for place in (CORRECTED, MAINTAINED)]
        cls.told = {
            "unit": "利州",
            "objected": [line.indicator_id.form_label for line in objected],
            "corrected": {"place": CORRECTED, "mark": "A"},
            "added": "昭化",
            "pool": str(POOL),
            "amounts": {name: f"{yuan:,}" for name, yuan in AMOUNTS.items()},
            "texts": TEXTS,
            "marks": [],
            "scores": cls.tell_scores(cls.before),
            "actions": cls.tell_actions(ACTIONS),
        }

    @classmethod
    def correct_marks(cls):
        assessment, survey = EXAMPLE["利州"]
        return assessment, survey[:CORRECTED] + "A" + survey[CORRECTED + 1 :]

    def get_marks(self):
        lines = self.cycle.assessment_ids.line_ids
        return {
            line: (line.grade_id.code, line.not_applicable)
            for line in (*lines, *self.cycle.survey_ids.line_ids)
        }

    def end_notice(self):
        """Let the clock pass the end of the notice: the only thing that nobody clicks."""
        self.assertEqual(self.cycle.state, "proposed")
        self.cycle.sudo().notice_until = fields.Datetime.now() - timedelta(hours=1)
        self.env.flush_all()

    def assertScores(self, results, expected):
        self.assertEqual(len(results), len(expected))
        for result in results:
            score = expected[result.unit_id.short_name]
            for name in ("assessment_total", "survey_total", "final"):
                self.assertPoints(result[name], getattr(score, name))
            self.assertEqual((result.rank, result.is_last), (score.rank, score.is_last))

    def test_the_end_of_a_year_on_the_screen(self):
        self.show_the_proposal()
        self.object_and_decide()
        self.correct_what_was_upheld()
        self.show_it_again_and_publish()
        self.commend()
        self.share_the_funds()
        self.read_the_notice()

    def show_the_proposal(self):
        self.play("head", "approve")
        self.play("division", "open_notice")
        proposal = self.cycle.proposal_id
        self.assertEqual((proposal.state, proposal.proposal), ("proposed", 1))
        self.assertScores(proposal.result_ids, self.before)

    def object_and_decide(self):
        self.marks = self.get_marks()
        self.play("reporter", "object", "my-assessments")
        self.play("leader", "sign_objection", "my-assessments")
        self.play("division", "receive")
        self.assertEqual(self.cycle.undecided_count, 1)
        self.play("head", "decide")
        [objection] = self.cycle.objection_ids
        self.assertEqual((objection.state, objection.upheld_count), ("decided", 1))
        self.assertEqual(objection.signed_by_id, self.users["leader"])
        self.assertEqual(objection.decided_by_id, self.users["head"])
        decided = {line.indicator_id.form_label: line.decision for line in objection.line_ids}
        corrected, maintained = self.told["objected"]
        self.assertEqual(decided, {corrected: "corrected", maintained: "maintained"})
        reopened = self.survey.line_ids.filtered("in_correction")
        self.assertEqual(reopened, self.survey.line_ids[CORRECTED])
        self.assertFalse(self.cycle.approved_by_id, "the approval is void")

    def correct_what_was_upheld(self):
        self.play("assessor", "correct_survey", "my-surveys")
        self.play("head", "confirm")
        changed = {line for line, mark in self.get_marks().items() if self.marks[line] != mark}
        self.assertEqual(changed, {self.survey.line_ids[CORRECTED]})
        self.assertEqual(self.survey.state, "confirmed")
        self.assertTrue(self.cycle.objection_ids.carried_out_at)

    def show_it_again_and_publish(self):
        self.told["scores"] = self.tell_scores(self.after)
        self.end_notice()
        self.play("head", "approve_again")
        self.play("division", "renew_notice")
        proposal = self.cycle.proposal_id
        self.assertEqual((proposal.proposal, proposal.is_renewed), (2, True))
        self.assertScores(proposal.result_ids, self.after)
        self.play("reporter", "read_renewed", "my-assessments")
        self.end_notice()
        self.play("division", "publish_noticed")
        self.publication = self.cycle.publication_id
        self.assertEqual((self.cycle.state, self.publication.revision), ("published", 1))
        self.assertScores(self.publication.result_ids, self.after)
        told = (self.publication.objection_count, self.publication.upheld_count)
        self.assertEqual(told, (1, 1))
        bands = {row.unit_id.short_name: row.band for row in self.publication.result_ids}
        expected = {
            **{"利州": "优秀", "昭化": "良好", "朝天": "良好"},
            **{"青川": "合格", "剑阁": "不合格", "旺苍": "不合格"},
        }
        self.assertEqual(bands, expected)

    def commend(self):
        self.play("division", "propose_commendation")
        self.play("leadership", "approve_commendation")
        [commendation] = self.publication.commendation_ids
        self.assertEqual(commendation.state, "approved")
        self.assertEqual(commendation.approved_by_id, self.users["leadership"])
        listed = commendation.line_ids.filtered("is_listed")
        self.assertEqual(listed.mapped("unit_id.short_name"), ["利州", "昭化"])
        self.assertEqual(listed.mapped("reason"), [False, TEXTS["added"]])

    def share_the_funds(self):
        self.play("division", "propose_funds")
        self.play("leadership", "approve_funds")
        [funds] = self.publication.allocation_ids
        self.assertEqual((funds.state, funds.method, funds.total), ("approved", "grade", POOL))
        self.assertEqual(funds.approved_by_id, self.users["leadership"])
        amounts = {line.unit_id.short_name: line.amount for line in funds.line_ids}
        self.assertEqual(amounts, AMOUNTS)
        self.assertEqual(sum(amounts.values()), POOL)

    def read_the_notice(self):
        action = self.env.ref("it_kpi_assessment.publication_report")
        html, _kind = action._render_qweb_html(action.report_name, self.publication.ids)
        notice = squeeze(lxml.html.fromstring(html).text_content())
        first, second = (self.get_unit(name).name for name in ("利州", "昭化"))
        self.assertIn(f"收到复核申请1件,其中成立1件({first}),已按复核决定更正。", notice)
        self.assertIn(f"经局领导审定,对以下单位予以通报表扬:{first}、{second}。", notice)
