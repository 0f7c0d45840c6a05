"""What a measure is, and how it is taken: in turn with its floor, several times, the median."""

import time
from collections import defaultdict
from statistics import median, mode
from typing import NamedTuple

# As many runs as fit into the patience, but neither fewer nor more than these.
LEAST_RUNS, MOST_RUNS, PATIENCE = 3, 21, 8


class Measure:
    """Something that people wait for, on one bureau. Subclasses say what, and what is the goal.

    Seconds are seconds, ratios are times the floor.
    """

    name = ""
    floor_name = ""  # empty: there is no floor
    most_ratio = None
    most_seconds = {}  # by size; the size None stands for all
    is_flat = False  # whether it may not grow with the number of units
    most_growth = 1.3  # from the smallest size on, where it is flat
    most_size = None  # no larger bureau is measured
    most_runs = MOST_RUNS  # one run has to do without having filled caches first
    cores = 1  # the ratio is that of the time of all cores that work at it
    why = ""  # what to know of the figure, and why it misses its goal if it does

    def __init__(self, bureau):
        self.bureau = bureau
        self.queries = None
        self.megabytes = None

    def begin(self):
        """Make ready for a pair of runs; nothing of it is measured."""

    def floor(self):
        """Do the least that has to be done, without Odoo."""

    def own(self):
        """Do what the addon does."""

    def undo(self):
        """Undo what one of the two did, before the other."""

    def end(self):
        """Undo the rest."""


class Taken(NamedTuple):
    """What one measure took on one size: seconds and times."""

    size: int
    runs: int
    seconds: float
    floor: float | None
    ratio: float | None
    queries: int | None
    megabytes: float | None


def take(measure, bureaus, most_runs=MOST_RUNS):
    """Return the measure's class and a ``Taken`` for each bureau, taken in turn."""
    most_runs = min(most_runs, measure.most_runs)
    cases = [
        measure(bureau)
        for bureau in bureaus
        if measure.most_size is None or bureau.size <= measure.most_size
    ]
    samples, counts = defaultdict(list), defaultdict(list)
    for case in cases:
        if most_runs > 1:
            take_pair(case, 0)  # fills caches
    for turn in range(most_runs):
        for case in cases:
            spent = sum(own + floor for own, floor in samples[case])
            if turn < LEAST_RUNS or spent < PATIENCE:
                samples[case].append(take_pair(case, turn))
                counts[case].append(case.queries)
    return measure, [summarize(case, samples[case], mode(counts[case])) for case in cases]


def take_pair(case, turn):
    """Return the seconds of the addon and of the floor; who begins changes with the turn."""
    case.begin()
    try:
        acts = [case.own, case.floor]
        seconds = {}
        for act in reversed(acts) if turn % 2 else acts:
            seconds[act] = clock(act)
            case.undo()
        return seconds[case.own], seconds[case.floor]
    finally:
        case.end()


def clock(act):
    """Return how many seconds an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def summarize(case, pairs, queries=None):
    """Return the medians; the ratio is that of runs that were next to each other."""
    has_floor = bool(case.floor_name)
    return Taken(
        size=case.bureau.size,
        runs=len(pairs),
        seconds=median(own for own, _floor in pairs),
        floor=median(floor for _own, floor in pairs) if has_floor else None,
        ratio=median(own * case.cores / floor for own, floor in pairs) if has_floor else None,
        queries=queries,
        megabytes=case.megabytes,
    )
