"""The course of a year through the screens: six people, one login after another."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..helpers.common import EXAMPLE
from ..helpers.year import YearCase, YearTours, score_year

YEAR, DAY = 2099, "06/01/2099"
# 利州 marks itself and is visited on the screen: 无此项 once, one weak mark, and a leak.
CLAIMED, CORRECTED = "BABBABBABABABABN", "BBBBABBABABABABN"
VISITED = "BBBBBBCABABBBABN"
TOLD = ("昭化", "朝天")
ACTIONS = {
    "open": "it_kpi_cycle_action_ask_to_open",
    "review": "it_kpi_cycle_action_ask_to_review",
    "hand_over": "it_kpi_assessment_action_hand_over",
    "sign": "it_kpi_assessment_action_sign",
    "return": "it_kpi_assessment_action_return",
    "sign_survey": "it_kpi_survey_action_sign",
    "confirm": "it_kpi_survey_action_confirm",
    "ranking": "it_kpi_ranking_action_cycle",
    "results": "it_kpi_result_action_cycle",
    "orders": "it_kpi_rectification_action_cycle",
    "sign_order": "it_kpi_rectification_action_sign",
}
TEXTS = {
    "finding": "台账未加密保存",
    "decision": "通报〔2099〕1号",
    "reason": "未附印发通知",
    "explanation": "已落实",
    "measure": "完善保密制度",
    "owner": "王芸",
}


@tagged("post_install", "-at_install")
class TestYearTour(HttpCase, YearTours, YearCase):
    """A small year of three units; what two of them do is done by the models."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        marks = {"利州": (CORRECTED, VISITED)} | {name: EXAMPLE[name] for name in TOLD}
        cls.scores = score_year(marks, leaked=("利州",), last_count=1)
        cls.rubric.last_count = 1
        cls.env.company.name = "广元市交通运输局"
        taking_part = cls.own_unit + cls.get_unit(TOLD[0]) + cls.get_unit(TOLD[1])
        cls.env["it.kpi.unit"].search([("id", "not in", taking_part.ids)]).active = False
        weak = cls.rubric.indicator_ids[6] + cls.rubric.indicator_ids[9]
        cls.told = {
            "year": YEAR,
            "day": DAY,
            "due": f"{fields.Date.today() + timedelta(60):%m/%d/%Y}",
            "unit": "利州",
            "assessor": cls.users["assessor"].login,
            "password": cls.users["leader"].login,
            "marks": [CLAIMED, VISITED],
            "corrected": CORRECTED[1],
            "weaknesses": weak.mapped("name"),
            "scores": cls.tell_scores(cls.scores),
            "texts": TEXTS,
            "actions": cls.tell_actions(ACTIONS),
        }

    def test_a_year_on_the_screen(self):
        self.play("division", "open")
        self.cycle = self.env["it.kpi.cycle"].search([("year", "=", YEAR)])
        self.assertEqual(self.cycle.unit_ids, self.cycle.assessment_ids.unit_id)
        self.file_and_visit()
        self.publish_the_result()
        self.rectify()

    def file_and_visit(self):
        self.play("reporter", "fill", "my-assessments")
        self.play("leader", "sign", "my-assessments")
        self.play("division", "return")
        self.play("reporter", "correct", "my-assessments")
        self.play("leader", "sign_again", "my-assessments")
        self.file_forms(self.cycle, {name: EXAMPLE[name] for name in TOLD})
        self.play("head", "assign")
        self.play("assessor", "visit", "my-surveys")
        self.play("head", "confirm")

    def publish_the_result(self):
        self.play("division", "review")
        self.play("head", "approve")
        self.play("division", "publish")
        self.assertScores(self.cycle.publication_id.result_ids, self.scores)

    def rectify(self):
        self.play("reporter", "plan", "my-assessments")
        self.play("leader", "sign_plan", "my-assessments")
        self.play("reporter", "report", "my-assessments")
        self.play("leader", "sign_report", "my-assessments")
        self.play("head", "assign_verifier")
        self.play("assessor", "verify", "my-surveys")
        self.play("division", "close", "rectification")
        self.play("leadership", "look")
        order = self.env["it.kpi.rectification"].search([("cycle_id", "=", self.cycle.id)])
        self.assertEqual(order.state, "closed")
