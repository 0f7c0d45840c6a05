"""How the live ranking is read: no mark for every other, and only the marks of the year asked."""

import json
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.it_kpi_assessment.models.publication.change_queries import live_changes_query
from odoo.addons.it_kpi_assessment.models.score.scoring_queries import (
    ranking_query,
    scored_lines_query,
)

from bench.measures.bare_ranking import FORMER

from ..helpers.common import EXAMPLE, BureauCase

FORMS = {"it_kpi_assessment", "it_kpi_survey"}
LINES = {f"{form}_line" for form in FORMS}
# What is a query, and where it comes from.
PAGES = (
    ("it.kpi.ranking", "score.it_kpi_ranking", ranking_query),
    ("it.kpi.ranking.line", "score.it_kpi_ranking_line", scored_lines_query),
    ("it.kpi.ranking.change", "publication.it_kpi_ranking_change", live_changes_query),
)


@tagged("post_install", "-at_install")
class TestScoringPlan(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)

    def explain(self, query, options=""):
        """Return all nodes of the plan of a query for the year."""
        self.env.flush_all()
        condition = SQL("cycle_id = %s", self.cycle.id)
        self.env.cr.execute(
            SQL(f"EXPLAIN ({options}FORMAT JSON) SELECT * FROM (%s) q WHERE %s", query, condition)
        )
        [(plan,)] = self.env.cr.fetchall()
        [root] = json.loads(plan) if isinstance(plan, str) else plan
        return self.walk(root["Plan"])

    def walk(self, node):
        yield node
        for part in node.get("Plans", []):
            yield from self.walk(part)

    def reads_marks(self, node):
        return any(part.get("Relation Name") in LINES for part in self.walk(node))

    def conditions(self, scan):
        """Return all conditions of a scan, those of the index scans below it included."""
        own = [scan.get(name, "") for name in ("Filter", "Index Cond", "Recheck Cond")]
        return " ".join([*own, *(self.conditions(part) for part in scan.get("Plans", []))])

    def test_marks_are_never_joined_with_marks(self):
        """Such a join may be planned as a nested loop, which reads all marks again for each."""
        for query in (ranking_query(), scored_lines_query()):
            joins = [node for node in self.explain(query) if "Join Type" in node]
            self.assertTrue(any(self.reads_marks(join) for join in joins))
            for join in joins:
                sides = [part for part in join["Plans"] if self.reads_marks(part)]
                self.assertLessEqual(len(sides), 1, join)

    def test_only_marks_of_the_year_asked_for_are_read(self):
        for query in (ranking_query(), scored_lines_query()):
            scans = [node for node in self.explain(query) if node.get("Relation Name") in LINES]
            self.assertEqual({scan["Relation Name"] for scan in scans}, LINES)
            for scan in scans:
                self.assertIn("cycle_id", self.conditions(scan))

    def forget_statistics(self):
        """Let PostgreSQL know nothing of the forms and their lines, as before the first ANALYZE."""
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM pg_statistic WHERE starelid = ANY(%s::regclass[]::oid[])",
            [[*LINES, *FORMS]],
        )
        self.env.cr.execute(
            "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relname = ANY(%s)",
            [[*LINES, *FORMS]],
        )

    def count_marks_read(self, query):
        """Return how many lines of forms PostgreSQL reads to answer a query for the year."""
        return sum(
            node["Actual Rows"] * node["Actual Loops"]
            for node in self.explain(query, "ANALYZE, ")
            if node.get("Relation Name") in LINES
        )

    def test_no_more_marks_are_read_than_before_whatever_postgres_knows(self):
        """Compared with the query that summed every form anew, and read all marks three times.

        Statistics are those of the opened year, when no form was filed, or none at all.
        """
        former = SQL(FORMER.read_text(encoding="utf-8"))
        for prepare in (self.env.flush_all, self.forget_statistics):
            prepare()
            with self.subTest(prepare.__name__):
                now, before = map(self.count_marks_read, (ranking_query(), former))
                self.assertGreater(now, 0)
                self.assertLess(now, before)

    def test_counting_the_units_scores_none(self):
        ranking = self.as_role("leadership", self.env["it.kpi.ranking"])
        year = [("cycle_id", "=", self.cycle.id)]
        own = [*year, ("unit_id.short_name", "=", "利州")]
        path = "odoo.addons.it_kpi_assessment.models.score.it_kpi_ranking.ranking_query"
        with patch(path, side_effect=AssertionError("scored")):
            self.assertEqual(ranking.search_count(year), len(EXAMPLE))
            self.assertEqual(ranking.search_count(own), 1)
            self.assertEqual(ranking.search_count(year, limit=2), 2)

    def test_a_page_is_scored_once(self):
        """The rule of recusal asks for the cycle of each row, which is read with the page."""
        for model, module, query in PAGES:
            rows = self.as_role("leadership", self.env[model])
            path = f"odoo.addons.it_kpi_assessment.models.{module}.{query.__name__}"
            with patch(path, side_effect=query) as scored:
                rows.web_search_read([("unit_id", "!=", False)], {"unit_id": {}})
            self.assertEqual(scored.call_count, 1, model)

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
