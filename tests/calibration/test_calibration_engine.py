"""What the counts of a calibration are, and what is taken out of a text (no models)."""

from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.calibration.agreement import (
    NOT_APPLICABLE,
    compare,
    get_gap,
    get_spread,
)
from odoo.addons.it_kpi_assessment.calibration.names import Hider


@tagged("post_install", "-at_install")
class TestAgreement(BaseCase):
    def test_exact_and_within_one_grade(self):
        pairs = [(0, 0), (0, 1), (2, 1), (0, 2), (3, 0)]
        self.assertEqual(compare(pairs), (1, 3, 5))

    def test_not_applicable_agrees_with_itself_only(self):
        pairs = [(NOT_APPLICABLE, NOT_APPLICABLE), (NOT_APPLICABLE, 0), (1, NOT_APPLICABLE)]
        self.assertEqual(compare(pairs), (1, 1, 3))

    def test_what_is_not_marked_is_not_counted(self):
        self.assertEqual(compare([(None, 1), (1, None), (1, 1)]), (1, 1, 1))
        self.assertEqual(compare([]), (0, 0, 0))

    def test_a_gap_is_how_many_grades_better(self):
        self.assertEqual([get_gap(0, 2), get_gap(2, 1), get_gap(1, 1)], [2, -1, 0])
        self.assertIsNone(get_gap(NOT_APPLICABLE, 1))
        self.assertIsNone(get_gap(None, 1))

    def test_more_kinds_of_marks_spread_more_then_fewer_of_one_kind(self):
        forms = ([16], [8, 8], [12, 4], [10, 3, 3])
        self.assertEqual(sorted(forms, key=get_spread), [[16], [12, 4], [8, 8], [10, 3, 3]])


@tagged("post_install", "-at_install")
class TestNames(BaseCase):
    def test_the_longer_name_first(self):
        hider = Hider({"利州": "甲", "利州区交通运输局": "甲局"})
        self.assertEqual(hider.hide("利州区交通运输局在利州"), "甲局在甲")

    def test_spaces_and_letters_of_either_case(self):
        hider = Hider({"利州": "甲", "Wang Wu": "某"})
        self.assertEqual(hider.hide("利 州、利\u3000州、WANGWU、wang  wu"), "甲、甲、某、某")

    def test_a_name_of_one_character_is_left(self):
        self.assertEqual(Hider({"王": "某", "": "某"}).hide("国王"), "国王")

    def test_traces(self):
        text = "邮箱见a.b@gy.gov.cn，网站www.lz.gov.cn上线"
        self.assertEqual(Hider({}).hide(text), "邮箱见某邮箱，网站某网址上线")
        text = "电话0839-3334444或13800138000，a.b@gy.gov.cn，www.lz.gov.cn/x，利交发〔2024〕7号"
        self.assertEqual(Hider({}).hide(text), "电话某电话或某电话，某邮箱，某网址，某文号")

    def test_numbers_and_points_stay(self):
        text = "投入12.5万元，完成率98%，培训3次，共120人"
        self.assertEqual(Hider({"利州": "甲"}).hide(text), text)

    def test_nothing(self):
        self.assertEqual(Hider({"利州": "甲"}).hide(None), "")
