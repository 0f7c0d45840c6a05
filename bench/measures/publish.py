from odoo.tools import SQL

from odoo.addons.it_kpi_assessment.models.score.scoring_queries import (
    ranking_query,
    scored_lines_query,
)

from ..bureau import FILED
from .acting_out import ActingOut

SCORE = SQL(
    "unit_id, unfiled, vetoed, veto_kinds, assessment_total, survey_total, before_veto, final,"
    " rank, is_last"
)
LINE = SQL("kind, indicator_id, grade_id, not_applicable, points, score, mean, unit_count, origin")
RESULTS = """
INSERT INTO it_kpi_result (publication_id, company_id, cycle_id, %(columns)s,
                           unit_name, unit_short_name, unit_kind, unit_order)
SELECT %(publication)s, %(company)s, cycle_id, %(columns)s,
       unit.name, unit.short_name, unit.kind,
       row_number() OVER (ORDER BY unit.kind, unit.sequence, unit.id)
  FROM (%(query)s) score JOIN it_kpi_unit unit ON unit.id = score.unit_id
 WHERE cycle_id = %(cycle)s
RETURNING 1"""
RESULT_LINES = """
INSERT INTO it_kpi_result_line
       (publication_id, company_id, result_id, cycle_id, unit_id, unit_order, veto_kinds,
        %(columns)s)
SELECT %(publication)s, %(company)s, result.id, line.cycle_id, line.unit_id, result.unit_order,
       line.veto_kinds, %(columns)s
  FROM (%(query)s) line
  JOIN it_kpi_result result
    ON result.publication_id = %(publication)s AND result.unit_id = line.unit_id
 WHERE line.cycle_id = %(cycle)s
RETURNING 1"""


class Publish(ActingOut):
    """The division publishes the year that the head has approved: every score becomes rows.

    Beside that the addon looks for obstacles, compares the ranking with the one approved, and
    tells people what waits for them.
    """

    name = "Publishing"
    floor_name = "bare SQL that inserts the results and their lines"
    most_ratio = 1.3
    why = (
        "The comparison ranks a second time, which the floor does not; on a small bureau some"
        " thirty small queries (rights, log, activities) are most of it."
    )

    def prepare(self):
        cycle = self.env["it.kpi.cycle"].browse(self.bureau.ids[FILED])
        cycle.action_start_review()
        cycle.with_user(self.bureau.ids["head"]).action_approve()
        return cycle

    def floor(self):
        publication = self.cycle._create_publication(self.cycle.approved_at)
        names = {
            "publication": publication.id,
            "company": self.cycle.company_id.id,
            "cycle": self.cycle.id,
        }
        self.env.flush_all()
        self.env.execute_query(SQL(RESULTS, columns=SCORE, query=ranking_query(), **names))
        self.env.execute_query(SQL(RESULT_LINES, columns=LINE, query=scored_lines_query(), **names))

    def own(self):
        self.cycle.action_publish()
        self.env.cr.flush()
