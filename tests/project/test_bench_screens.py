"""The table of ``make bench-screens``: what counts as met, and what the clicks sent."""

from collections import Counter
from unittest import TestCase

from bench.screens.report import get_call_rows, get_row, write_report
from bench.screens.walk import Times


class TestBenchScreens(TestCase):
    def test_the_goal_is_for_the_median(self):
        for middle, met in ((150, "met"), (151, "**not met**")):
            with self.subTest(middle=middle):
                row = get_row(Times("Click", [10, middle, 900], 150))
                self.assertEqual(row[1:2] + row[4:], (3, "≤ 150 ms", met))

    def test_the_95th_percentile_is_of_what_was_taken(self):
        row = get_row(Times("Click", [float(number) for number in range(1, 102)]))
        self.assertEqual(row[2:], ("51.0 ms", "96.0 ms", "", ""))

    def test_requests_are_told_per_click_by_method(self):
        rows = list(get_call_rows(Counter(web_search_read=1, web_save=64), 64))
        self.assertEqual(
            [row[:3] for row in rows], [("web_save", 64, "1.00"), ("web_search_read", 1, "0.02")]
        )

    def test_the_report_says_what_was_measured_on_what(self):
        times = [Times("Form", [200, 300]), Times("Click", [20, 30], 150)]
        report = write_report(times, Counter(web_save=2), ["2 cores."], (1366, 768))
        self.assertIn("at 1366 x 768 pixels", report)
        self.assertIn("- 2 cores.\n\n| what |", report)
        self.assertIn("| Form | 2 | 0.25 s |", report)
        self.assertIn("2 clicks on another mark", report)
