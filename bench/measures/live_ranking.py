from odoo.addons.it_kpi_assessment.models.score.scoring_queries import ranking_query

from ..bureau import FILED
from ..measuring import Measure

FIELDS = (
    *("unit_id", "unfiled", "vetoed", "veto_kinds", "assessment_total", "survey_total"),
    *("before_veto", "final", "rank", "is_last", "complete"),
)
ORDER = "rank nulls last, unit_id"


class LiveRanking(Measure):
    """All units of the year whose forms are filed, “if published now”, as leadership reads it."""

    name = "Live ranking, all units, through the ORM"
    floor_name = "the same SQL, rows fetched by psycopg2"
    most_ratio = 1.5

    def __init__(self, bureau):
        super().__init__(bureau)
        self.cycle = bureau.ids[FILED]
        with bureau.acting() as env:
            query = f"SELECT * FROM ({ranking_query().code}) r WHERE cycle_id = %s ORDER BY {ORDER}"
            self.query = env.cr.mogrify(query, [*ranking_query().params, self.cycle]).decode()

    def floor(self):
        assert len(self.bureau.fetch(self.query)) == self.bureau.size

    def own(self):
        domain = [("cycle_id", "=", self.cycle)]
        rows, self.queries = self.bureau.call(
            "leadership", "it.kpi.ranking", "search_read", domain, FIELDS, order=ORDER, load=None
        )
        assert len(rows) == self.bureau.size
