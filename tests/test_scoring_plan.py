"""How the live ranking is read: every mark once, and only the marks of the year asked for."""

import json
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.it_kpi_assessment.models.scoring import ranking_query, scored_lines_query

from .common import EXAMPLE, BureauCase

LINES = {"it_kpi_assessment_line", "it_kpi_survey_line"}


@tagged("post_install", "-at_install")
class TestScoringPlan(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file(cls.cycle, EXAMPLE)

    def scans(self, query, condition):
        """Return the scans of lines that the query's plan makes, as (table, what it looks for)."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("EXPLAIN (FORMAT JSON) SELECT * FROM (%s) q WHERE %s", query, condition)
        )
        [(plan,)] = self.env.cr.fetchall()
        return list(self.find_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]))

    def find_scans(self, node):
        if isinstance(node, list):
            for part in node:
                yield from self.find_scans(part)
        elif isinstance(node, dict):
            if node.get("Relation Name") in LINES:
                yield node["Relation Name"], self.conditions(node)
            for part in node.values():
                yield from self.find_scans(part)

    def conditions(self, scan):
        """Return all conditions of a scan, those of the index scans below it included."""
        own = [scan.get(name, "") for name in ("Filter", "Index Cond", "Recheck Cond")]
        return " ".join([*own, *(self.conditions(part) for part in scan.get("Plans", []))])

    def test_each_mark_is_read_once_whatever_the_statistics_say(self):
        """A second look at the marks may be planned as one look for every mark (quadratic)."""
        for query in (ranking_query(), scored_lines_query()):
            scans = self.scans(query, SQL("cycle_id = %s", self.cycle.id))
            self.assertEqual(sorted(table for table, _ in scans), sorted(LINES))

    def test_only_marks_of_the_year_asked_for_are_read(self):
        for query in (ranking_query(), scored_lines_query()):
            for table, conditions in self.scans(query, SQL("cycle_id = %s", self.cycle.id)):
                self.assertIn("cycle_id", conditions, table)

    def test_counting_the_units_scores_none(self):
        ranking = self.as_role("leadership", self.env["it.kpi.ranking"])
        year = [("cycle_id", "=", self.cycle.id)]
        own = [*year, ("unit_id.short_name", "=", "利州")]
        path = "odoo.addons.it_kpi_assessment.models.it_kpi_ranking.ranking_query"
        with patch(path, side_effect=AssertionError("scored")):
            self.assertEqual(ranking.search_count(year), len(EXAMPLE))
            self.assertEqual(ranking.search_count(own), 1)
            self.assertEqual(ranking.search_count(year, limit=2), 2)

    def test_counting_by_score_scores(self):
        ranking = self.as_role("leadership", self.env["it.kpi.ranking"])
        for condition in (("rank", "<=", 2), ("final", ">", 0), ("unfiled", "=", True)):
            domain = [("cycle_id", "=", self.cycle.id), condition]
            self.assertEqual(ranking.search_count(domain), len(ranking.search(domain)), domain)

    def test_a_year_that_is_over_is_not_counted(self):
        self.publish(self.cycle)
        ranking = self.as_role("leadership", self.env["it.kpi.ranking"])
        self.assertEqual(ranking.search_count([("cycle_id", "=", self.cycle.id)]), 0)

    def test_whoever_may_not_read_the_ranking_counts_none_of_it(self):
        with self.assertRaises(AccessError):
            self.as_role("reporter", self.env["it.kpi.ranking"]).search_count([])

    def test_postgres_knows_a_year_as_soon_as_it_is_opened(self):
        """Otherwise it plans for hardly a row of it."""
        self.env.cr.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)", [list(LINES)]
        )
        for table, rows in self.env.cr.fetchall():
            self.assertGreaterEqual(rows, 16 * len(EXAMPLE), table)
