"""资金分配: 10,000 random pools. Sums are exact, amounts monotone, no unit outside its bounds."""

from fractions import Fraction
from random import Random

from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.award.allocation import (
    Bounds,
    Impossible,
    Share,
    allocate,
)

POOLS = 10_000
SEED = 2026


def draw_shares(random, pool):
    """Return random units; most have the same base, as money is proposed anew each year."""
    count = random.randint(1, 25)
    is_equal = random.random() < 0.5
    finals = sorted((Fraction(random.randint(0, 400), 4) for _ in range(count)), reverse=True)
    gate = random.choice([0, 0, 60, 75])
    return [
        Share(
            place,
            Fraction(pool, count) if is_equal else Fraction(random.randint(0, 3 * pool // count)),
            max(final - gate, Fraction(0)),
            place,
            random.random() < 0.1,
        )
        for place, final in enumerate(finals)
    ]


def draw_bounds(random):
    percent = [None, None, Fraction(80), Fraction(50), Fraction(random.randint(0, 90))]
    ceilings = [None, None, Fraction(120), Fraction(150), Fraction(random.randint(100, 300))]
    return Bounds(random.choice(percent), random.choice(ceilings))


@tagged("post_install", "-at_install")
class TestAllocationEngine(BaseCase):
    def test_random_pools(self):
        random, shared, refused = Random(SEED), 0, 0
        while shared < POOLS:
            pool = random.choice([random.randint(0, 50), random.randint(0, 5_000_000)])
            shares, bounds = draw_shares(random, pool), draw_bounds(random)
            try:
                allocation = allocate(pool, shares, bounds)
            except Impossible as error:
                refused += 1
                self.check_impossible(error, pool, shares, bounds)
            else:
                shared += 1
                self.check_amounts(allocation, pool, shares, bounds)
        self.assertLess(refused, 2 * POOLS, "most are worth trying")

    def check_amounts(self, allocation, pool, shares, bounds):
        amounts = {unit: amount.yuan for unit, amount in allocation.amounts.items()}
        self.assertEqual(sum(amounts.values()), pool)
        for share in shares:
            yuan = amounts[share.unit]
            self.assertIsInstance(yuan, int)
            self.assertGreaterEqual(yuan, 0)
            if share.is_left_out:
                self.assertEqual(yuan, 0)
                continue
            if bounds.floor is not None:
                self.assertGreaterEqual(yuan, share.base * bounds.floor / 100)
            if bounds.ceiling is not None:
                self.assertLessEqual(yuan, share.base * bounds.ceiling / 100)
            self.assertLess(abs(yuan - allocation.amounts[share.unit].exact), 1)
        self.check_monotone(amounts, shares)

    def check_monotone(self, amounts, shares):
        """Of two units with the same base, the one with the higher final gets no less."""
        taking_part = [share for share in shares if not share.is_left_out]
        by_base = {}
        for share in taking_part:  # in the order of the finals
            rivals = by_base.setdefault(share.base, [])
            if rivals:
                self.assertGreaterEqual(amounts[rivals[-1]], amounts[share.unit])
            rivals.append(share.unit)

    def check_impossible(self, error, pool, shares, bounds):
        """A refusal is right: by the bounds alone no whole amounts add up to the pool."""
        shares = [share for share in shares if not share.is_left_out]
        floors = [-(-share.base * (bounds.floor or 0) // 100) for share in shares]
        ceilings = [
            pool if bounds.ceiling is None else share.base * bounds.ceiling // 100
            for share in shares
        ]
        most = sum(
            ceiling if share.base * share.factor else floor
            for share, floor, ceiling in zip(shares, floors, ceilings, strict=True)
        )
        is_narrow = any(floor > ceiling for floor, ceiling in zip(floors, ceilings, strict=True))
        self.assertTrue(sum(floors) > pool or most < pool or is_narrow, error.reason)

    def test_a_pool_of_100_yuan(self):
        """100 yuan, bases of 10, coefficients 1.2, 1.0 and 0.8: 40, 33.33 and 26.67."""
        shares = [
            Share(unit, Fraction(10), Fraction(factor), place)
            for place, (unit, factor) in enumerate(((1, "1.2"), (2, "1.0"), (3, "0.8")))
        ]
        allocation = allocate(100, shares)
        self.assertEqual([amount.yuan for amount in allocation.amounts.values()], [40, 33, 27])
        self.assertEqual(allocation.rate, Fraction(10, 3))

    def test_bounds_move_the_rest(self):
        """At least 90 % of a base of 40: the last unit gets 36, the others share 84 as 3 to 2."""
        shares = [
            Share(unit, Fraction(40), Fraction(factor), unit)
            for unit, factor in enumerate((90, 60, 0))
        ]
        allocation = allocate(120, shares, Bounds(floor=Fraction(90)))
        self.assertEqual([a.yuan for a in allocation.amounts.values()], [48, 36, 36])
        self.assertEqual([a.bound for a in allocation.amounts.values()], [None, "floor", "floor"])

    def test_what_cannot_be_shared(self):
        share = Share(1, Fraction(100), Fraction(1), 0)
        for pool, shares, bounds, reason, limit in (
            (10, [share], Bounds(floor=Fraction(20)), "floors", 20),
            (200, [share], Bounds(ceiling=Fraction(120)), "ceilings", 120),
            (10, [share._replace(factor=Fraction(0))], Bounds(), "nobody", 0),
            (10, [share._replace(is_left_out=True)], Bounds(floor=Fraction(20)), "nobody", 0),
        ):
            with self.assertRaises(Impossible) as caught:
                allocate(pool, shares, bounds)
            self.assertEqual((caught.exception.reason, caught.exception.limit), (reason, limit))
