"""Random years: the database and the independent reference agree on every number."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..helpers.common import POINTS, RATIOS
from ..helpers.random_years import RandomYearCase, examples, units, years
from ..helpers.reference_scorer import Year


@tagged("post_install", "-at_install")
class TestScoringProperty(RandomYearCase):
    @examples(60)
    @given(year=years, last_count=st.integers(0, 4))
    def test_random_years(self, year, last_count):
        cycle = self.cycle_of(len(year))
        cycle.rubric_id.last_count = last_count
        named = dict(zip(self.units.mapped("short_name"), year, strict=False))
        self.load(cycle, named)
        expected = Year(POINTS, RATIOS, named, last_count).scores()
        self.assertEqual(
            {name: self.numbers(score) for name, score in self.ranked(cycle).items()},
            {name: self.numbers(score) for name, score in expected.items()},
        )

    @examples(15)
    @given(
        year=st.lists(units, min_size=3, max_size=3),
        points=st.lists(st.integers(1, 9999), min_size=16, max_size=16),
        ratio=st.integers(0, 10000),
    )
    def test_random_rubrics(self, year, points, ratio):
        """Points and ratios that do not divide evenly: the rounding is the same everywhere."""
        cycle = self.cycle_of(3)
        rubric = cycle.rubric_id
        rubric.last_count = 3
        for indicator, hundredths in zip(rubric.indicator_ids, points, strict=True):
            indicator.points = hundredths / 100
        rubric.grade_ids.filtered(lambda grade: grade.code == "B").ratio = ratio / 10000
        named = dict(zip(self.units.mapped("short_name"), year, strict=False))
        self.load(cycle, named)
        worths = [f"{hundredths / 100:.2f}" for hundredths in points]
        ratios = {**RATIOS, "B": f"{ratio / 10000:.4f}"}
        expected = Year(worths, ratios, named).scores()
        self.assertEqual(
            {name: self.numbers(score) for name, score in self.ranked(cycle).items()},
            {name: self.numbers(score) for name, score in expected.items()},
        )
