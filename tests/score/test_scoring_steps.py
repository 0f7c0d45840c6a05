"""The example in the docstring of the scoring queries, row by row."""

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.it_kpi_assessment.models.score import scoring_queries

from ..helpers.common import BureauCase

POINTS = 10


def read_example():
    """Return the tables of the docstring: ``{step: ([columns], {rows})}``, cells as texts."""
    tables, step = {}, None
    for line in scoring_queries.__doc__.partition("::\n\n")[2].partition("\n\n")[0].splitlines():
        cells = line.partition(" -- ")[0].split()
        if not line.startswith(" " * 5):
            step, *columns = cells
            tables[step] = (columns, set())
        else:
            tables[step][1].add(tuple(cells))
    return tables


@tagged("post_install", "-at_install")
class TestScoringSteps(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubric = cls.make_rubric()
        cls.cycle = cls.open_cycle(cls.get_unit("利州") | cls.get_unit("昭化"))
        cls.file_forms(cls.cycle, {"利州": ("B", "A"), "昭化": ("N", "B")})

    @classmethod
    def make_rubric(cls):
        """Return a rubric in force of one indicator, whose last unit must rectify."""
        rubric = cls.rubric.copy({"version": "一项", "last_count": 1})
        indicator = rubric.indicator_ids.filtered(lambda indicator: indicator.points == POINTS)[0]
        (rubric.dimension_ids - indicator.dimension_id).unlink()
        (indicator.dimension_id.item_ids - indicator.item_id).unlink()
        (rubric.indicator_ids - indicator).unlink()
        rubric.full_points = indicator.dimension_id.points = indicator.item_id.points = POINTS
        rubric.action_start_trial()
        return rubric

    def read_step(self, step):
        """Return the rows of a step, or of a whole query, for the year."""
        if step.endswith("_query"):
            query = getattr(scoring_queries, step)()
        else:
            steps = (*scoring_queries.LINE_STEPS, *scoring_queries.RANKING_STEPS[1:])
            query = scoring_queries.query_steps(steps, f"SELECT * FROM {step}")
        self.env.flush_all()
        year = SQL("SELECT * FROM (%s) step WHERE cycle_id = %s", query, self.cycle.id)
        return self.env.execute_query_dict(year)

    def show(self, column, value):
        """Return a cell as the docstring writes it."""
        if value is None:
            return "NULL"
        if column == "unit_id":
            return self.env["it.kpi.unit"].browse(value).short_name
        if column == "grade_id":
            return self.env["it.kpi.grade"].browse(value).code
        return f"{value:.2f}" if isinstance(value, float) else str(value)

    def test_every_row_of_the_example_is_computed(self):
        tables = read_example()
        self.assertEqual(len(tables), 9)
        for step, (columns, rows) in tables.items():
            with self.subTest(step=step):
                computed = [
                    tuple(self.show(column, row[column]) for column in columns)
                    for row in self.read_step(step)
                ]
                self.assertEqual(set(computed), rows)
                self.assertEqual(len(computed), len(rows), "one row per row")
