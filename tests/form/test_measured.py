"""Measured indicators: thresholds in the rubric, values on the lines, and the grade proposed."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..helpers.common import SIGNATURE, BureauCase
from ..helpers.printing import ReportCase

COMPLETION, ONLINE, LEDGER = "06", "07", "08"


class MeasuredCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.sheet = cls.get_form(cls.cycle, "利州")
        cls.grades = {grade.code: grade for grade in cls.cycle.rubric_id.grade_ids}

    def line(self, code, role="reporter", kind="assessment", unit="利州"):
        lines = self.get_form(self.cycle, unit, kind).line_ids
        return self.as_role(role, lines.filtered(lambda line: line.indicator_id.code == code))


@tagged("post_install", "-at_install")
class TestMeasured(MeasuredCase):
    def test_three_indicators_of_the_regulation_are_measured(self):
        measured = self.rubric.indicator_ids.filtered("is_measured")
        self.assertEqual(measured.mapped("code"), [COMPLETION, ONLINE, LEDGER])
        thresholds = [
            [threshold for _grade, threshold in indicator._get_thresholds()]
            for indicator in measured
        ]
        self.assertEqual(thresholds, [[100, 80, 60], [100, 80, 60], [90, 80, 60]])

    def test_a_value_proposes_the_grade_that_the_criteria_state(self):
        cases = {
            COMPLETION: {100: "A", 120: "A", 99.99: "B", 80: "B", 79.99: "C", 60: "C", 59.99: "D"},
            ONLINE: {100: "A", 99.99: "B", 80: "B", 79.99: "C", 60: "C", 59.99: "D", 0: "D"},
            LEDGER: {100: "A", 90: "A", 89.99: "B", 80: "B", 79.99: "C", 60: "C", 59.99: "D"},
        }
        for code, values in cases.items():
            for value, grade in values.items():
                with self.subTest(code=code, value=value):
                    line = self.line(code)
                    line.measured_value = value
                    self.assertEqual(line.proposed_grade_id.code, grade)

    def test_zero_is_a_measurement_and_an_empty_value_is_none(self):
        line = self.line(ONLINE)
        self.assertIs(line.measured_value, False)
        self.assertFalse(line.proposed_grade_id)
        line.measured_value = 0
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(line.read(["measured_value"])[0]["measured_value"], 0)
        self.assertIsNot(line.measured_value, False)
        line.measured_value = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIs(line.measured_value, False)

    def test_digits_beyond_hundredths_never_lift_a_value_over_a_threshold(self):
        line = self.line(ONLINE)
        line.measured_value = 99.999
        self.assertEqual(line.proposed_grade_id.code, "B")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(f"{line.measured_value:.2f}", "99.99")

    def test_what_cannot_have_been_measured_is_refused(self):
        line = self.line(ONLINE)
        line.measured_value = 88
        for value in (-1, 100.01, float("nan"), float("inf"), "viel"):
            with self.subTest(value=value):
                self.assertRefused("", line.write, {"measured_value": value})
                self.assertEqual(line.measured_value, 88)
        self.assertRefused("1000", self.line(COMPLETION).write, {"measured_value": 1001})
        self.assertRefused("not measured", self.line("01").write, {"measured_value": 90})

    def test_on_the_screen_the_value_fills_in_the_grade_and_another_can_be_chosen(self):
        index = self.sheet.line_ids.ids.index(self.line(ONLINE).id)
        with Form(self.as_role("reporter", self.sheet)) as form, form.line_ids.edit(index) as line:
            line.measured_value = 85
            self.assertEqual(line.grade_id.code, "B")
            line.grade_id = self.grades["C"].with_user(self.users["reporter"])
        line = self.line(ONLINE)
        self.assertEqual((line.grade_id.code, line.proposed_grade_id.code), ("C", "B"))
        self.assertTrue(line.differs_from_proposal)

    def test_over_the_interface_nothing_is_marked_silently(self):
        line = self.line(ONLINE)
        line.write({"measured_value": 85})
        self.assertFalse(line.is_marked)
        self.assertEqual(line.proposed_grade_id.code, "B")

    def test_it_locks_with_the_mark(self):
        line = self.line(ONLINE)
        self.sheet.state = "to_sign"
        self.assertRefused("locked", line.write, {"measured_value": 85})

    def test_the_assessor_sees_what_the_unit_measured_and_measures_himself(self):
        visit = self.get_form(self.cycle, "昭化", "survey")
        visit.assessor_ids = self.users["assessor"]
        self.line(ONLINE, unit="昭化").sudo().measured_value = 97
        line = self.line(ONLINE, "assessor", "survey", "昭化")
        self.assertIs(line.own_measured_value, False, "not submitted yet")
        self.get_form(self.cycle, "昭化").state = "submitted"
        self.env.invalidate_all()
        self.assertEqual(line.own_measured_value, 97)
        line.measured_value = 79
        self.assertEqual(line.proposed_grade_id.code, "C")

    def test_a_value_that_changes_voids_the_signatures_of_the_group(self):
        visit = self.get_form(self.cycle, "昭化", "survey")
        visit.write({"assessor_ids": self.users["assessor"].ids, "visit_date": "2099-11-02"})
        self.fill(self.get_form(self.cycle, "昭化"), "C" * 16)
        self.get_form(self.cycle, "昭化").state = "submitted"
        self.fill(visit, "C" * 16)
        self.as_role("assessor", visit).action_sign(SIGNATURE)
        self.line(ONLINE, "assessor", "survey", "昭化").measured_value = 0
        self.assertFalse(visit.signature_ids)

    def test_the_copy_of_a_year_keeps_its_thresholds(self):
        a_grade = self.rubric.indicator_ids.filtered(lambda x: x.code == LEDGER).criterion_ids[0]
        a_grade.threshold = 95
        line = self.line(LEDGER)
        line.measured_value = 92
        self.assertEqual(line.proposed_grade_id.code, "A")


@tagged("post_install", "-at_install")
class TestThresholds(BureauCase):
    def setUp(self):
        super().setUp()
        self.draft = self.as_role("division", self.rubric).copy()
        indicators = self.draft.indicator_ids
        self.indicator = indicators.filtered(lambda indicator: indicator.code == ONLINE)

    def refuse_trial(self, text):
        with self.assertRaises(ValidationError) as caught:
            self.draft.action_start_trial()
        self.assertIn(text, str(caught.exception))

    def test_a_missing_threshold_is_named(self):
        self.indicator.criterion_ids[1].threshold = False
        self.refuse_trial("信息化系统运维情况 has no threshold for grade B")

    def test_thresholds_fall_from_grade_to_grade(self):
        self.indicator.criterion_ids[1].threshold = 100
        self.refuse_trial("do not fall")

    def test_the_last_grade_takes_the_rest(self):
        self.indicator.criterion_ids[3].threshold = 10
        self.refuse_trial("grade D takes what reaches no threshold")

    def test_an_indicator_without_any_threshold_is_not_measured(self):
        self.indicator.criterion_ids.threshold = False
        self.assertFalse(self.indicator.is_measured)
        self.draft.action_start_trial()

    def test_thresholds_in_force_stay(self):
        criterion = self.as_role("division", self.rubric).indicator_ids[6].criterion_ids[0]
        self.assertRefused("Duplicate it", criterion.write, {"threshold": 50})


@tagged("post_install", "-at_install")
class TestMeasuredOnPaper(ReportCase):
    def test_the_report_tells_the_value(self):
        sheet = self.get_form(self.cycle, "昭化").sudo()
        by_code = {line.indicator_id.code: line for line in sheet.line_ids}
        by_code[COMPLETION].measured_value = 96.5
        by_code[LEDGER].write({"measured_value": 0, "attachment_ids": [Command.clear()]})
        pages = self.print("self_report", sheet)
        self.assertPrinted("目标绩效完成率：96.5%。", pages)
        self.assertPrinted("非涉密资料电子台账比例：0%。", pages)
        self.assertNotPrinted("终端设备在线率：", pages)
