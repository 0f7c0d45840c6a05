"""Random years, and how they are put into the database."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from .common import EXAMPLE, BureauCase
from .reference_scorer import Unit

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
    withdrawn=st.sampled_from([False, False, False, False, True]),
    zeroed=st.sampled_from([frozenset(), frozenset(), frozenset({LEAK_ROW})]),
)
years = st.lists(units, min_size=1, max_size=len(EXAMPLE))


def examples(count):
    """Return the settings of a property that is tried on so many examples, always the same."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )


class RandomYearCase(BureauCase):
    """Puts years of the first units of the worked example into the database."""

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
        cycle.survey_ids.state = "draft"
        return cycle

    def load(self, cycle, year):
        for name, unit in year.items():
            self.file_forms(cycle, {name: (unit.assessment, unit.survey)})
            day = f"{cycle.year}-03-01"
            if unit.vetoed:
                self.record_incident(name, "network_security", day)
            if unit.zeroed:
                self.record_incident(name, "leak", day)
            if unit.withdrawn:
                self.withdraw(cycle, name)

    def ranked(self, cycle):
        """Return the live scores of the units that take part; the others have no number (R13)."""
        scores = self.scores(cycle)
        for score in scores.values():
            if score.withdrawn:
                self.assertEqual(self.numbers(score), (*["0.00"] * 4, 0, False))
                self.assertFalse(score.complete or score.vetoed or score.unfiled)
        return {name: score for name, score in scores.items() if not score.withdrawn}

    def numbers(self, score):
        return (
            f"{score.assessment_total:.2f}",
            f"{score.survey_total:.2f}",
            f"{score.before_veto:.2f}",
            f"{score.final:.2f}",
            score.rank,
            score.is_last,
        )
