"""The tables of ``make bench``: what counts as met."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase

from bench.history import Ranked, describe, is_read_by_year
from bench.measuring import Measure, Taken, summarize, take
from bench.report import (
    COUNTRY,
    get_growth_rows,
    get_rival_rows,
    get_rows,
    recall_country,
    write_report,
)
from bench.rivals.halves import half_up
from bench.settings import Tried, describe_settings

MET, MISSED = "met", "**not met**"


class Floored(Measure):
    """Something."""

    name, floor_name = "Something", "less"
    most_ratio, most_seconds = 1.5, {1000: 0.2}


class Flat(Measure):
    name, is_flat = "Something small", True


def figures(size, seconds, ratio=None, queries=None):
    return Taken(size, 3, seconds, ratio and seconds / ratio, ratio, queries, None)


class TestBench(TestCase):
    def test_ratio_and_seconds_must_both_be_met(self):
        for size, seconds, ratio, met in (
            (20, 0.3, 1.5, MET),
            (20, 0.3, 1.51, MISSED),
            (1000, 0.2, 1.0, MET),
            (1000, 0.21, 1.0, MISSED),
        ):
            with self.subTest(size=size, seconds=seconds, ratio=ratio):
                [row] = get_rows(Floored, [figures(size, seconds, ratio)])
                self.assertEqual(row[-1], met)

    def test_without_a_goal_nothing_is_said_to_be_met(self):
        [row] = get_rows(Flat, [figures(20, 0.3)])
        self.assertEqual(row[-2:], ("", ""))

    def test_what_grows_does_so_at_most_with_the_units(self):
        for seconds, met in ((1.0, MET), (1.01, MISSED)):
            rows = get_growth_rows(Floored, [figures(1000, 0.1), figures(10000, seconds)])
            self.assertEqual([row[-1] for row in rows], [met])

    def test_what_is_flat_is_compared_with_the_smallest_bureau(self):
        taken = [figures(20, 0.1, queries=7), figures(100, 0.12, queries=7)]
        taken += [figures(1000, 0.14, queries=7), figures(10000, 0.1, queries=8)]
        met = [row[-1] for row in get_growth_rows(Flat, taken)]
        self.assertEqual(met, [MET, MISSED, MISSED])

    def test_what_asks_no_database_may_be_flat_as_well(self):
        [row] = get_growth_rows(Flat, [figures(20, 0.1), figures(100, 0.12)])
        self.assertEqual(row[-2:], ("≤ 1.3 x", MET))

    def test_a_measure_is_taken_in_turn_with_its_floor(self):
        acts = []

        class Counted(Floored):
            def own(self):
                acts.append("own")

            def floor(self):
                acts.append("floor")

            def undo(self):
                acts.append("undo")

        class Bureau:
            size = 20

        _measure, [taken] = take(Counted, [Bureau])
        self.assertEqual(acts[:8], ["own", "undo", "floor", "undo"] * 2)
        self.assertEqual(acts[8:12], ["floor", "undo", "own", "undo"])
        self.assertEqual(acts.count("own"), taken.runs + 1)

    def test_what_all_cores_do_counts_for_each_of_them(self):
        class OnTwoCores(Floored):
            cores = 2

        class Bureau:
            size = 20

        self.assertEqual(summarize(OnTwoCores(Bureau), [(6, 10), (6, 10), (9, 10)]).ratio, 1.2)

    def test_a_bureau_that_is_too_large_is_not_measured(self):
        class Small(Flat):
            most_size = 100

        class Bureau:
            size = 101

        self.assertEqual(take(Small, [Bureau]), (Small, []))

    def test_what_is_taken_once_is_taken_once(self):
        acts = []

        class Counted(Floored):
            most_runs = 1

            def own(self):
                acts.append("own")

        class Bureau:
            size = 20

        take(Counted, [Bureau])
        self.assertEqual(acts, ["own"])

    def test_a_rival_is_set_beside_ours(self):
        [row] = get_rival_rows(Floored, [figures(1000, 3.0, 6.0)])
        self.assertEqual(row, ("Something", "1,000", 3, "3.00 s", "0.50 s", "6.0", ""))

    def test_a_year_is_read_by_its_cycle_or_the_goal_is_missed(self):
        tables = ("it_kpi_assessment_line", "it_kpi_survey_line")
        own = {table: {f"{table}__cycle_id_index"} for table in tables}
        other = {**own, tables[0]: {f"{tables[0]}__form_id_index"}}
        for indexes, is_scanned, met in (
            (own, False, True),
            (own, True, False),
            (other, False, False),
            ({tables[0]: own[tables[0]]}, False, False),
        ):
            with self.subTest(indexes=indexes, is_scanned=is_scanned):
                ranked = Ranked(10000, 10, 1, 1, 1, 0.1, 0.1, indexes, is_scanned)
                self.assertIs(is_read_by_year(ranked), met)
                self.assertIn(MET if met else MISSED, " ".join(describe(ranked)))

    def test_halves_are_rounded_up(self):
        self.assertEqual([half_up(total, 4) for total in (9, 10, 11)], [2, 3, 3])

    def test_what_was_seen_of_a_whole_country_is_told_again(self):
        with TemporaryDirectory() as folder:
            folder = Path(folder)
            self.assertEqual(recall_country(folder), [])
            told = ["10 years of 100,000 units.", "EXPLAIN reads by the index, **met**."]
            taken = [(Floored, [figures(1000, 0.05, 2.0)])]
            (folder / COUNTRY).write_text(write_report(taken, ["2 cores."], history=told))
            recalled = recall_country(folder)
            self.assertEqual([text.partition(": ")[2] for text in recalled], told)
            self.assertIn(COUNTRY, recalled[0])

    def test_other_settings_are_told_with_what_they_took(self):
        tried = [
            Tried({}, 6.0, 168 * 1024**2),
            Tried({"work_mem": "64MB"}, 6.4, 0),
        ]
        default, more = describe_settings(tried)
        self.assertIn("6.00 s, 168 MB", default)
        self.assertIn("`work_mem = 64MB`: 6.40 s, 0 MB", more)

    def test_the_report_says_what_was_measured_on_what(self):
        report = write_report([(Floored, [figures(1000, 0.05, 2.0)])], ["2 cores."])
        self.assertIn("- 2 cores.", report)
        self.assertIn("| Something | 1,000 | 3 | 50.0 ms | 25.0 ms | 2.00 |", report)
        self.assertIn("- **Something**: Something. Floor: less.", report)
