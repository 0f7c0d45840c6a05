"""The year whose forms are filed, as a rival is given it and as its results are held to be."""

from ..bureau import FILED
from ..measures.live_ranking import LiveRanking

POINTS = """
SELECT indicator.id, indicator.points
  FROM it_kpi_indicator indicator
  JOIN it_kpi_cycle cycle ON cycle.rubric_id = indicator.rubric_id
 WHERE cycle.id = %s
 ORDER BY indicator.sequence"""
MARKS = """
SELECT form.unit_id, array_agg(grade.code ORDER BY indicator.sequence)
  FROM it_kpi_{kind} form
  JOIN it_kpi_{kind}_line line ON line.form_id = form.id
  JOIN it_kpi_indicator indicator ON indicator.id = line.indicator_id
  LEFT JOIN it_kpi_grade grade ON grade.id = line.grade_id
 WHERE form.cycle_id = %s
 GROUP BY form.unit_id
 ORDER BY form.unit_id"""
KINDS = ("assessment", "survey")
RATIOS = {"A": 100, "B": 80, "C": 60, "D": 40}


class Year:
    """``marks`` holds the 16 grades by kind and unit, None for 无此项. All amounts are hundredths.

    Of what the rules know, the year has no indicator that nobody has (R3), no leak (R7) and no
    form that was not filed (R8), so no rival has to know them.
    """

    def __init__(self, bureau):
        cycle = bureau.ids[FILED]
        points = bureau.fetch(POINTS, [cycle])
        self.indicators = [indicator for indicator, _points in points]
        self.points = [round(each * 100) for _indicator, each in points]
        self.marks = {
            (kind, unit): codes
            for kind in KINDS
            for unit, codes in bureau.fetch(MARKS.format(kind=kind), [cycle])
        }
        query = LiveRanking(bureau).query.replace(
            "SELECT *", "SELECT unit_id, assessment_total, survey_total, vetoed, final", 1
        )
        scores = bureau.fetch(query)
        self.units = [unit for unit, *_rest in scores]
        self.vetoed = {unit for unit, _a, _s, vetoed, _final in scores if vetoed}
        self.finals = {unit: round(final * 100) for unit, _a, _s, _vetoed, final in scores}
        self.totals = {
            (kind, unit): round(total * 100)
            for unit, *totals, _vetoed, _final in scores
            for kind, total in zip(KINDS, totals, strict=True)
        }
