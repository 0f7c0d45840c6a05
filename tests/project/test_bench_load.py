"""The report of ``make load``: what counts as met, and how rates are reckoned."""

from pydoc import locate
from unittest import TestCase

from bench.load.database_away import AWAY
from bench.load.faults import OneAgainstAll
from bench.load.nuisance import BOMB, WORST
from bench.load.report import SIGNING, get_fault_row, get_filling_rate, judge, write_throughput
from bench.load.running import Run

MET, MISSED = "met", "**not met**"
MARK = {"step": "mark", "requests": 90, "failures": 0, "mean": 10}
SIGN = {"step": SIGNING, "requests": 10, "failures": 0, "mean": 100}


def make_run(steps=(MARK, SIGN), seconds=10, **changes):
    """Return a run of 100 acknowledged changes without any trouble, but for the changes."""
    outcome = {
        "steps": list(steps),
        "requests": sum(step["requests"] for step in steps),
        "seconds": seconds,
        "acknowledged": [{}] * 98,
        "submitted": [1, 2],
        "unfinished": [],
        "refused": [],
        "errors": {},
    }
    values = {"name": "run", "people": 5, "pause": [1, 4], "ramp": 60, "servers": 1}
    values |= {
        "outcome": outcome,
        "lost": [],
        "wrong": [],
        "errors": 0,
        "retries": 0,
        "ended": 0,
        "workers": 2,
    }
    return Run(**{**values, "memory": (100, 120), "notes": [], **changes})


class TestBenchLoad(TestCase):
    def test_people_retry_what_the_screen_retries(self):
        """The list is that of the screen, and each name is that of an exception."""
        self.assertIn("psycopg2.OperationalError", AWAY)
        for name in AWAY:
            with self.subTest(name):
                self.assertTrue(issubclass(locate(name), Exception))

    def test_a_run_without_trouble_has_no_trouble_of_any_kind(self):
        self.assertEqual(judge(make_run()), MET)
        failed = [{**MARK, "failures": 1}, SIGN]
        for changes in (
            {"steps": failed},
            {"lost": ["a mark"]},
            {"wrong": ["a form"]},
            {"errors": 1},
            {"retries": 1},
        ):
            with self.subTest(changes=changes):
                self.assertEqual(judge(make_run(**changes)), MISSED)

    def test_the_rate_of_filling_leaves_out_the_time_of_signing(self):
        # 90 requests take 900 ms, 10 signatures 1000 ms: 9/19 of the 10 s were not spent on these.
        self.assertAlmostEqual(get_filling_rate(make_run()), 90 / (10 * 9 / 19))

    def test_slow_signatures_do_not_make_filling_slow(self):
        # The same people, who would have made all 90 requests in half the time.
        slow = make_run(steps=(MARK, {**SIGN, "mean": 1000}), seconds=10 * 10900 / 1900)
        self.assertAlmostEqual(get_filling_rate(slow), get_filling_rate(make_run()))

    def test_ours_are_compared_with_the_plain_ones_run_by_run(self):
        for seconds, share, met in ((12.4, "0.81", MET), (12.6, "0.79", MISSED)):
            pairs = [(make_run(seconds=seconds), make_run())] * 2
            filling, everything = write_throughput(pairs)[-5:-3]
            self.assertIn(f"| {share} |", filling)
            self.assertIn(f"| {met} |", filling)
            self.assertIn(f"| {share} |", everything)
            self.assertNotIn("met", everything, "there is no goal for it")

    def test_one_person_must_not_keep_the_others_waiting_for_a_mark(self):
        for waited, wrong in ((2900, 0), (3100, 1)):
            run = make_run(steps=({**MARK, "percentile95": waited}, SIGN))
            fault = OneAgainstAll(None)
            self.assertEqual(len(list(fault.find_wrong(run.outcome))), wrong)
            self.assertIn("at 95 %", fault.notes[0])

    def test_what_one_person_uploads_is_small(self):
        """Else it would be refused by its size alone."""
        for content in (WORST, BOMB):
            self.assertLess(len(content), 64 * 1024)

    def test_a_fault_must_lose_nothing_and_leave_nothing_wrong(self):
        for changes, met in (({}, MET), ({"lost": ["a mark"]}, MISSED), ({"wrong": ["x"]}, MISSED)):
            fault = type("Fault", (), {"name": "trouble", "notes": []})
            *_others, lost, verdict = get_fault_row(fault, make_run(**changes))
            self.assertEqual(verdict, met)
            self.assertEqual(lost, f"{len(changes.get('lost', ())) or 'none'} of 100")
