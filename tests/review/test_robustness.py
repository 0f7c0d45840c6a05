"""Section 10: deciding marks and reach agree with brute force, computed by the reference scorer."""

import random
import time
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.review.robustness import KINDS, Edges, Robustness, Sheet

from ..helpers.common import EXAMPLE, POINTS, RATIOS
from ..helpers.random_years import LEAK_ROW, examples, units
from ..helpers.reference_scorer import Unit, Year

GRADES = "ABCD"
NAMES = "甲乙丙丁"
BANDS = ("90", "80", "60")
WORTHS = {row: Decimal(worth) for row, worth in enumerate(POINTS)}
SHARES = [Decimal(RATIOS[grade]) for grade in GRADES]


def read_sheet(unit):
    """Return the unit of the reference as the engine reads it."""
    marks = {}
    for kind in KINDS:
        letters = getattr(unit, kind)
        marks[kind] = letters and {
            row: None if letter == "N" else GRADES.index(letter)
            for row, letter in enumerate(letters)
        }
    return Sheet(marks, unit.vetoed, unit.zeroed)


def take_part(year):
    return {name: unit for name, unit in year.items() if not unit.withdrawn}


class Brute:
    """Every single mark is moved, and the whole ranking is computed anew."""

    def __init__(self, year, last_count=3, first_count=3, bands=(), first_of=None):
        self.year, self.last_count, self.first_count = take_part(year), last_count, first_count
        self.first_of = [set(self.year)] if first_of is None else first_of
        self.bands = [Decimal(begin) for begin in bands]
        self.before = self.rank(self.year)

    def rank(self, year):
        return Year(POINTS, RATIOS, year, self.last_count).scores()

    def get_standing(self, scores):
        """Return what a step can change, of each unit: last, first, and the bands reached."""
        standing = {}
        for name, score in scores.items():
            standing["last", name] = score.is_last
            standing["band", name] = sum(score.final >= begin for begin in self.bands)
            for group in self.first_of:
                if name in group:
                    better = sum(scores[other].final > score.final for other in group)
                    standing["first", name] = better < self.first_count
        return standing

    def try_all(self):
        """Yield unit, kind, row and grade of each step, and the scores after it."""
        for name, unit in self.year.items():
            for kind in KINDS:
                marks = getattr(unit, kind) or ""
                for row, letter in enumerate(marks):
                    if letter == "N" or row in unit.zeroed:
                        continue
                    for grade in (GRADES.index(letter) - 1, GRADES.index(letter) + 1):
                        if 0 <= grade < len(GRADES):
                            moved = marks[:row] + GRADES[grade] + marks[row + 1 :]
                            year = {**self.year, name: replace(unit, **{kind: moved})}
                            yield (name, kind, row, grade), self.rank(year)

    def get_deciding_and_reach(self):
        """Return ``{step: its effects}`` of the deciding steps, and the reach of each unit."""
        before = self.get_standing(self.before)
        reach = {name: [score.rank] for name, score in self.before.items()}
        deciding = {}
        for step, scores in self.try_all():
            score = scores[step[0]]
            reach[step[0]].append(score.rank)
            after = self.get_standing(scores)
            if after != before:
                changed = {
                    (*key, before[key], after[key]) for key in after if after[key] != before[key]
                }
                deciding[(*step, int(score.final * 100), score.rank)] = changed
        return deciding, {name: (ranks[0], min(ranks), max(ranks)) for name, ranks in reach.items()}

    def get_scaled_ranks(self):
        """Return the ranks as if what a unit lacks were left out of its totals."""
        finals = {name: self.get_scaled(unit) for name, unit in self.year.items()}
        return {
            name: 1 + sum(other > final for other in finals.values())
            for name, final in finals.items()
        }

    def get_scaled(self, unit):
        """Return the final of a unit that alone takes part: so nobody has what it lacks (R3)."""
        return Year(POINTS, RATIOS, {"甲": unit}, 1).scores()["甲"].final


@tagged("post_install", "-at_install")
class TestRobustness(BaseCase):
    def compare(self, year, **settings):
        sheets = {name: read_sheet(unit) for name, unit in take_part(year).items()}
        bands = [Decimal(begin) for begin in settings.get("bands", ())]
        edges = Edges(**{"first_count": 3, **settings, "bands": bands})
        engine = Robustness(WORTHS, SHARES, sheets, edges)
        brute = Brute(year, **settings)
        finals = {name: int(score.final * 100) for name, score in brute.before.items()}
        self.assertEqual(engine.finals, finals)
        deciding, reach = brute.get_deciding_and_reach()
        found = {
            tuple(step): set(map(tuple, engine.get_effects(step))) for step in engine.get_deciding()
        }
        self.assertEqual(found, deciding)
        told = {tuple(step): what for step, what in engine.get_deciding().items()}
        self.assertEqual(
            told, {step: {each[0] for each in told} for step, told in deciding.items()}
        )
        self.assertEqual({name: tuple(each) for name, each in engine.get_reach().items()}, reach)
        self.assertEqual(engine.get_scaled_ranks(), brute.get_scaled_ranks())
        return deciding

    def test_the_worked_example(self):
        year = {name: Unit(*marks) for name, marks in EXAMPLE.items()}
        year["旺苍"].vetoed = True
        year["青川"].zeroed = frozenset({LEAK_ROW})
        self.compare(year)
        self.assertTrue(self.compare(year, last_count=2, bands=BANDS))

    @examples(8)
    @given(
        year=st.lists(units, min_size=1, max_size=len(NAMES)),
        last_count=st.integers(0, 3),
        first_count=st.integers(0, 2),
        bands=st.sampled_from([(), BANDS, ("72.5",)]),
        of_kinds=st.booleans(),
    )
    def test_random_years(self, year, last_count, first_count, bands, of_kinds):
        named = dict(zip(NAMES, year, strict=False))
        if take_part(named):
            counts = {"last_count": last_count, "first_count": first_count}
            if of_kinds:
                kinds = (set(NAMES[::2]), set(NAMES[1::2]))
                counts["first_of"] = [kind & take_part(named).keys() for kind in kinds]
            self.compare(named, bands=bands, **counts)

    def test_close_years(self):
        """Where finals are close, many marks decide: also those that others score as a mean."""
        dice = random.Random(17)
        found = 0
        for _time in range(3):
            year = {
                name: Unit(*("".join(dice.choice("BBBBBCN") for _row in POINTS) for _kind in KINDS))
                for name in NAMES
            }
            found += len(self.compare(year, last_count=1, first_count=1))
        self.assertGreater(found, 20)

    def test_a_large_year_is_quick(self):
        """1 000 units in seconds, not minutes: the marks are tried without ranking anew."""
        dice = random.Random(10)
        year = {
            number: Unit(*("".join(dice.choice("AABBBCDN") for _row in POINTS) for _kind in KINDS))
            for number in range(1000)
        }
        sheets = {name: read_sheet(unit) for name, unit in year.items()}
        started = time.process_time()
        engine = Robustness(WORTHS, SHARES, sheets, Edges(3, 3, bands=list(map(Decimal, BANDS))))
        engine.get_reach()
        engine.get_scaled_ranks()
        self.assertLess(time.process_time() - started, 10)
