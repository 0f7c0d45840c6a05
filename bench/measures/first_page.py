from ..web_client import get_specification
from .live_ranking import LiveRanking

PAGE = 80  # rows of a list in the web client
COUNT_LIMIT = 10001  # what the web client counts at most


class FirstPage(LiveRanking):
    """Leadership opens the list of the live ranking: 80 rows and the number of all."""

    name = "Live ranking, first page of the list"
    floor_name = "the same SQL, its first 80 rows and their number fetched by psycopg2"
    most_seconds = {10000: 0.2}
    why = (
        "Names, rights and the number of rows take a handful of small queries on any bureau; on a"
        " small one they are most of it. A rank needs every unit and a mean every mark, so the page"
        " takes as long as the bare SQL, however few rows it shows. The prototype that the seconds"
        " were set by stored the points of each form beside it and read marks for the means alone;"
        " then two people who mark one form at once wait for each other, and one begins anew."
    )

    def __init__(self, bureau):
        super().__init__(bureau)
        self.query = self.query.replace("SELECT *", "SELECT *, count(*) OVER ()", 1)
        self.query = f"{self.query} LIMIT {PAGE}"
        self.specification = get_specification(bureau, "leadership", "it.kpi.ranking", "list")

    def floor(self):
        assert self.bureau.fetch(self.query)[0][-1] == self.bureau.size

    def own(self):
        answer, self.queries = self.bureau.call(
            *("leadership", "it.kpi.ranking", "web_search_read"),
            [("cycle_id", "=", self.cycle)],
            self.specification,
            limit=PAGE,
            count_limit=COUNT_LIMIT,
        )
        assert answer["length"] == min(self.bureau.size, COUNT_LIMIT)
