"""What is kept in Odoo's cache of the parts of a rubric follows them when they change."""

from odoo.tests import tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestKeptParts(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls.rubric.copy({"version": "2099"})

    def get_grade(self, code):
        return self.draft.grade_ids.filtered(lambda grade: grade.code == code)

    def test_the_step_of_a_grade_follows_the_order_of_the_grades(self):
        self.assertEqual([self.get_grade(code)._get_step() for code in "ABCD"], [0, 1, 2, 3])
        self.get_grade("A").sequence = 100
        self.env.invalidate_all()
        self.assertEqual([self.get_grade(code)._get_step() for code in "ABCD"], [3, 0, 1, 2])

    def test_the_counterparts_follow_the_mapping(self):
        first, second = self.draft.indicator_ids[:2]
        former = self.rubric.indicator_ids
        self.assertEqual(first._get_counterparts(former)[first], former[0])
        first.predecessor_ids = former[1]
        self.assertEqual(first._get_counterparts(former)[first], former[1])
        self.draft.former_id = False
        self.assertFalse(second._get_counterparts(former)[second])

    def test_the_thresholds_of_a_year_are_those_of_its_criteria(self):
        indicators = self.open_cycle(year=2098).rubric_id.indicator_ids
        measured = [each for each in indicators if each._get_thresholds()]
        self.assertEqual(len(measured), 3)
        for indicator in indicators:
            self.assertEqual(indicator._get_thresholds(), indicator._find_thresholds())

    def test_a_draft_is_measured_by_what_is_typed(self):
        indicator = next(each for each in self.draft.indicator_ids if each.is_measured)
        indicator.criterion_ids.threshold = False
        self.assertFalse(indicator.is_measured)
