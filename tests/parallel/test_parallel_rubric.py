"""A rubric that is changed while it comes into force: the outcome is that of one after the other.

See ``parallel.py`` for how two acts meet, and ``parallel_year.py`` for what is compared.
"""

from odoo.tests import tagged

from ..helpers.parallel import Act
from ..helpers.parallel_year import ParallelYear


@tagged("post_install", "-at_install")
class TestParallelRubric(ParallelYear):
    def make_rubric(self):
        """A year is not needed, but asked for by what describes one."""
        self.make_cycle()
        self.copied = self.rubric.copy({"version": f"{self.year}"})
        return self.copied

    def describe_rubric(self):
        rubric = self.copied.exists()
        parts = [
            (each.name, each.points) for each in (*rubric.dimension_ids, *rubric.indicator_ids)
        ]
        return f"{rubric.state} {rubric.last_count} {parts}"

    def check_while_effective(self, get_act):
        def prepare():
            rubric = self.make_rubric()
            return Act("division", rubric, "action_make_effective"), get_act(rubric)

        self.check(prepare, self.describe_rubric)

    def test_a_rubric_comes_into_force_while_it_is_changed(self):
        for get_act in (
            lambda rubric: Act("division 2", rubric.dimension_ids[0], "write", ({"points": 11},)),
            lambda rubric: Act("division 2", rubric.indicator_ids[0], "write", ({"points": 3},)),
            lambda rubric: Act("division 2", rubric.dimension_ids[0], "unlink"),
            lambda rubric: Act(
                "division 2",
                rubric.dimension_ids,
                "create",
                ([{"rubric_id": rubric.id, "name": "新", "points": 1}],),
            ),
            lambda rubric: Act("division 2", rubric, "write", ({"last_count": 5},)),
            lambda rubric: Act("division 2", rubric, "unlink"),
        ):
            self.check_while_effective(get_act)
