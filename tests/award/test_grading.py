"""等次: the computation against its definition, unit by unit, on random years."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.award.grading import (
    BARS,
    BEST,
    EVERYBODY,
    LOWEST,
    NOBODY,
    Band,
    Candidate,
    Rules,
    count_quota,
    grade_units,
)

from ..helpers.random_years import examples

NAMES = ("优秀", "良好", "合格", "不合格")
USUAL = tuple(
    Band(name, Decimal(threshold)) for name, threshold in zip(NAMES, (90, 80, 60, 0), strict=True)
)


def points(least=0, most=100):
    return st.integers(least * 4, most * 4).map(lambda quarters: Decimal(quarters) / 4)


@st.composite
def rules(draw):
    thresholds = draw(st.lists(points(1), min_size=1, max_size=4, unique=True))
    bands = [*sorted(thresholds, reverse=True), Decimal(0)]
    return Rules(
        tuple(Band(f"等次{place}", threshold) for place, threshold in enumerate(bands)),
        quota_kind=draw(st.sampled_from([None, "number", "percent"])),
        quota=draw(st.integers(0, 12).map(Decimal) | points(0, 25)),
        quota_by_kind=draw(st.booleans()),
        edge=draw(st.sampled_from([NOBODY, EVERYBODY])),
        bars=draw(st.dictionaries(st.sampled_from(BARS), st.sampled_from([BEST, LOWEST]))),
    )


@st.composite
def units(draw):
    # Few different finals, so that many units tie.
    finals = draw(st.lists(points(), min_size=1, max_size=5))
    count = draw(st.integers(0, 14))
    return [
        Candidate(
            unit,
            draw(st.sampled_from(finals)),
            draw(st.sampled_from(["county", "direct"])),
            draw(st.frozensets(st.sampled_from(BARS), max_size=2)),
        )
        for unit in range(count)
    ]


def find_by_definition(year, candidates, own):
    """Return the place of one unit's grade, from nothing but the definition (spec, section 7)."""
    lowest = len(year.bands) - 1
    effects = {year.bars.get(bar) for bar in own.bars}
    place = min(i for i, band in enumerate(year.bands) if own.final >= band.threshold)
    if LOWEST in effects:
        return lowest
    if place or BEST in effects:
        return max(place, 1 if BEST in effects else 0)
    group = [each for each in candidates if not year.quota_by_kind or each.kind == own.kind]
    rivals = [
        each.final
        for each in group
        if each.final >= year.bands[0].threshold and not {*map(year.bars.get, each.bars)} - {None}
    ]
    if year.quota_kind is None:
        return 0
    quota = year.quota if year.quota_kind == "number" else year.quota * len(group) / 100
    if year.edge == EVERYBODY:
        is_within = sum(final > own.final for final in rivals) + 1 <= quota
    else:
        is_within = sum(final >= own.final for final in rivals) <= quota
    return 0 if is_within else 1


@tagged("post_install", "-at_install")
class TestGrading(BaseCase):
    @examples(500)
    @given(rules(), units())
    def test_every_unit_gets_the_grade_of_the_definition(self, year, candidates):
        grades = grade_units(year, candidates)
        self.assertEqual(set(grades), {each.unit for each in candidates})
        for own in candidates:
            self.assertEqual(grades[own.unit].given, find_by_definition(year, candidates, own))

    @examples(500)
    @given(rules(), units())
    def test_grounds_stand_exactly_where_the_grade_differs(self, year, candidates):
        for grade in grade_units(year, candidates).values():
            self.assertEqual(bool(grade.grounds), grade.given != grade.reached)
            self.assertGreaterEqual(grade.given, grade.reached, "nothing lifts a grade")

    def test_without_bands_nobody_has_a_grade(self):
        self.assertEqual(grade_units(Rules(()), [Candidate(1, Decimal(90), "county")]), {})

    def test_the_edge_of_a_band_is_included(self):
        finals = {1: "90.00", 2: "89.99", 3: "60.00", 4: "0.00"}
        candidates = [Candidate(unit, Decimal(final), "county") for unit, final in finals.items()]
        grades = grade_units(Rules(USUAL), candidates)
        self.assertEqual([grades[unit].given for unit in finals], [0, 1, 2, 3])

    def test_a_percentage_is_rounded_down(self):
        fifteen = Rules(USUAL, "percent", Decimal(15))
        self.assertEqual([count_quota(fifteen, count) for count in (6, 7, 13, 14)], [0, 1, 1, 2])

    def test_units_of_the_same_final_at_the_edge(self):
        candidates = [
            Candidate(unit, Decimal(final), "county") for unit, final in enumerate((95, 93, 93, 91))
        ]
        for edge, best in ((NOBODY, [0]), (EVERYBODY, [0, 1, 2])):
            grades = grade_units(Rules(USUAL, "number", Decimal(2), edge=edge), candidates)
            self.assertEqual([unit for unit in grades if not grades[unit].given], best)
            self.assertEqual(grades[3].grounds, ("quota",))

    def test_who_is_barred_takes_no_place_of_the_quota(self):
        barred = Candidate(1, Decimal(99), "county", frozenset(["veto"]))
        year = Rules(USUAL, "number", Decimal(1), bars={"veto": BEST})
        grades = grade_units(year, [barred, Candidate(2, Decimal(91), "county")])
        self.assertEqual((grades[1].given, grades[1].grounds), (1, ("veto",)))
        self.assertEqual((grades[2].given, grades[2].grounds), (0, ()))
