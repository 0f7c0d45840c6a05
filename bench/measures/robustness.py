from ..bureau import FILED
from ..measuring import Measure


class Robustness(Measure):
    """The page 排名稳健性 of the year whose forms are filed, as the leadership opens it."""

    name = "Robustness of the ranking"
    floor_name = "the live ranking, through the ORM"
    most_seconds = {1000: 2}
    most_size = 10_000
    why = "every mark is moved by one grade, up and down, in Python"

    def __init__(self, bureau):
        super().__init__(bureau)
        self.cycle = bureau.ids[FILED]

    def begin(self):
        with self.bureau.acting() as env:
            env["it.kpi.cycle"].browse(self.cycle).state = "review"

    def floor(self):
        rows, _queries = self.bureau.call(
            "leadership",
            "it.kpi.ranking",
            "search_read",
            [("cycle_id", "=", self.cycle)],
            ["final"],
        )
        assert len(rows) == self.bureau.size

    def own(self):
        page, self.queries = self.bureau.call(
            "leadership", "it.kpi.robustness", "get_robustness", self.cycle
        )
        assert len(page["units"]) == self.bureau.size

    def end(self):
        with self.bureau.acting() as env:
            env["it.kpi.cycle"].browse(self.cycle).state = "open"
