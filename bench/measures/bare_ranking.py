from pathlib import Path

from .live_ranking import ORDER, LiveRanking

FORMER = Path(__file__).parents[1] / "former_ranking.sql"
COLUMNS = (
    *("id", "unit_id", "unfiled", "vetoed", "veto_kinds", "complete"),
    *("assessment_total", "survey_total", "before_veto", "final", "rank", "is_last"),
)


class BareRanking(LiveRanking):
    """The SQL of the live ranking, without Odoo, beside that which summed every form anew."""

    name = "Live ranking, its bare SQL"
    floor_name = "the query before filed forms stored their sum, equal in every column"
    most_ratio = 1 / 3
    why = "Every run compares all rows of both queries."

    def __init__(self, bureau):
        super().__init__(bureau)
        self.query = self.query.replace("SELECT *", f"SELECT {', '.join(COLUMNS)}", 1)
        former = FORMER.read_text(encoding="utf-8")
        self.former = (
            f"SELECT {', '.join(COLUMNS)} FROM ({former}) r"
            f" WHERE cycle_id = {int(self.cycle)} ORDER BY {ORDER}"
        )

    def floor(self):
        self.rows_before = self.bureau.fetch(self.former)

    def own(self):
        self.rows = self.bureau.fetch(self.query)

    def end(self):
        assert self.rows == self.rows_before
