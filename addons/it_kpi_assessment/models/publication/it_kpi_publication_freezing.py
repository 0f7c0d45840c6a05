from odoo import models
from odoo.tools import SQL

from ..score.scoring_queries import ranking_query, scored_lines_query
from .freezing_queries import (
    STATISTICS,
    UNIT_WORDS,
    insert_publication_query,
    join_columns,
    named_units_query,
)


class ItKpiPublication(models.Model):
    """Publishing: the year's scores, and all words beside them, become rows (R11).

    The rows are inserted by statements, because the models refuse ``create``.
    """

    _inherit = "it.kpi.publication"

    def _insert_for(self, cycle, moment, notice_until=None, is_renewed=False):
        """Return a new publication of a cycle that was approved, published by the current user.

        :param notice_until: when the public notice ends, of a result that is only proposed
        """
        self.env.flush_all()
        query = insert_publication_query(cycle.id, self.env.uid, moment, notice_until, is_renewed)
        [[publication_id]] = self.env.execute_query(query)
        self.env.invalidate_all(flush=False)
        return self.browse(publication_id)

    def _freeze_scores(self):
        """Copy the live ranking and all its lines into rows of this publication."""
        self.ensure_one()
        self.env.flush_all()
        self._insert_result_lines(self._insert_results())
        self.env.cr.execute(STATISTICS)
        self._freeze_bands()
        self._seal()
        self.env.invalidate_all(flush=False)

    def _insert_results(self):
        """Return of each unit its id, that of its result, and its place in the order of units."""
        columns = [*self._get_columns("it.kpi.score"), *UNIT_WORDS]
        scores = SQL(
            "SELECT * FROM (%s) ranked WHERE cycle_id = %s", ranking_query(), self.cycle_id.id
        )
        return self.env.execute_query(
            SQL(
                """INSERT INTO it_kpi_result (publication_id, company_id, %(columns)s)
                   SELECT %(publication)s, %(company)s, %(columns)s
                     FROM (%(query)s) named
                RETURNING unit_id, id, unit_order""",
                columns=join_columns(columns),
                publication=self.id,
                company=self.company_id.id,
                query=named_units_query(scores),
            )
        )

    def _insert_result_lines(self, results):
        """Insert the lines of results given as arrays, whose length PostgreSQL knows.

        It has no statistics of rows that were just inserted, and would plan a nested loop over
        them.
        """
        units, result_ids, places = zip(*results, strict=True)
        columns = self._get_columns("it.kpi.score.line")
        self.env.execute_query(
            SQL(
                """INSERT INTO it_kpi_result_line
                          (publication_id, company_id, result_id, unit_order, %(columns)s)
                   SELECT %(publication)s, %(company)s, result.id, result.place, %(columns)s
                     FROM (%(query)s) scored
                     JOIN unnest(%(units)s, %(results)s, %(places)s)
                          result(unit, id, place)
                       ON result.unit = scored.unit_id
                    WHERE cycle_id = %(cycle)s""",
                columns=join_columns(columns),
                publication=self.id,
                company=self.company_id.id,
                query=scored_lines_query(),
                units=list(units),
                results=list(result_ids),
                places=list(places),
                cycle=self.cycle_id.id,
            )
        )

    def _get_columns(self, shape):
        """Return the names of the columns that a live score and its frozen row have in common."""
        return [
            name
            for name, field in self.env[shape]._fields.items()
            if field.column_type and field.store and name != "id"
        ]
