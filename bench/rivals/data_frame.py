import pandas

from ..bureau import FILED
from .halves import half_up
from .rival import Rival
from .year import KINDS

SCORES = " UNION ALL ".join(
    f"""
SELECT '{kind}', form.unit_id, line.indicator_id, (line.score * 100)::int, line.not_applicable
  FROM it_kpi_{kind} form
  JOIN it_kpi_{kind}_line line ON line.form_id = form.id
 WHERE form.cycle_id = %(cycle)s"""
    for kind in KINDS
)
ALIKE = ["kind", "indicator"]


class DataFrame(Rival):
    """A script reads the scores that lines store, by psycopg2, and fills in means, adds and ranks.

    It counts in whole hundredths, since pandas knows no exact decimals. It stores nothing, checks
    no rights, and does not know R3, R7 and R8.
    """

    name = "pandas"

    def score(self):
        rows = self.bureau.fetch(SCORES, {"cycle": self.bureau.ids[FILED]})
        lines = pandas.DataFrame(rows, columns=[*ALIKE[:1], "unit", ALIKE[1], "score", "lacking"])
        own = lines[~lines["lacking"]].groupby(ALIKE)["score"].agg(["sum", "count"])
        lines = lines.join(half_up(own["sum"], own["count"]).rename("mean"), on=ALIKE)
        lines["score"] = lines["score"].where(~lines["lacking"], lines["mean"])
        finals = half_up(lines.groupby("unit")["score"].sum(), len(KINDS))
        finals[finals.index.isin(self.year.vetoed)] = 0
        finals.rank(method="min", ascending=False)
        return finals.to_dict()
