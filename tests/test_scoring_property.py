"""Random years: the database and the independent reference agree on every number."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import EXAMPLE, POINTS, RATIOS, BureauCase
from .reference_scorer import Unit, Year

LEAK_ROW = 9
marks = st.text(alphabet="AABBCDNN", min_size=16, max_size=16)
# Years in which much is missing, or all units grade alike, reach R3, R9 and R10.
dull_marks = st.builds(
    lambda letter, row, other: letter * row + other + letter * (15 - row),
    st.sampled_from("ABN"),
    st.integers(0, 15),
    st.sampled_from("ABN"),
)
units = st.builds(
    Unit,
    assessment=st.none() | marks | dull_marks,
    survey=marks | dull_marks,
    vetoed=st.sampled_from([False, False, False, True]),
    zeroed=st.sampled_from([frozenset(), frozenset(), frozenset({LEAK_ROW})]),
)
years = st.lists(units, min_size=1, max_size=len(EXAMPLE))


@tagged("post_install", "-at_install")
class TestScoringProperty(BureauCase):
    def setUp(self):
        super().setUp()
        self.cycles = {}

    def cycle_of(self, count):
        """Return a cycle of the first ``count`` units, without incidents, its forms as they are."""
        if count not in self.cycles:
            self.cycles[count] = self.open_cycle(self.units[:count], year=2100 + count)
        cycle = self.cycles[count]
        self.env["it.kpi.incident"].search([("year", "=", cycle.year)]).state = "lifted"
        cycle.assessment_ids.state = "draft"
        return cycle

    def load(self, cycle, year):
        for name, unit in year.items():
            self.file(cycle, {name: (unit.assessment, unit.survey)})
            day = f"{cycle.year}-03-01"
            if unit.vetoed:
                self.record_incident(name, "network_security", day)
            if unit.zeroed:
                self.record_incident(name, "leak", day)

    def numbers(self, score):
        return (
            f"{score.assessment_total:.2f}",
            f"{score.survey_total:.2f}",
            f"{score.before_veto:.2f}",
            f"{score.final:.2f}",
            score.rank,
            score.is_last,
        )

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    @given(year=years, last_count=st.integers(0, 4))
    def test_random_years(self, year, last_count):
        cycle = self.cycle_of(len(year))
        cycle.rubric_id.last_count = last_count
        named = dict(zip(self.units.mapped("short_name"), year, strict=False))
        self.load(cycle, named)
        expected = Year(POINTS, RATIOS, named, last_count).scores()
        self.assertEqual(
            {name: self.numbers(score) for name, score in self.scores(cycle).items()},
            {name: self.numbers(score) for name, score in expected.items()},
        )

    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
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
            {name: self.numbers(score) for name, score in self.scores(cycle).items()},
            {name: self.numbers(score) for name, score in expected.items()},
        )
