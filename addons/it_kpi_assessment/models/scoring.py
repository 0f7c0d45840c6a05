"""The scoring rule, in one place: SQL that reads like the rules R1 to R10.

Every step is a query over all cycles under way, grouped by cycle; Postgres pushes the reader's
``WHERE cycle_id = …`` down into each of them. The marks are read once: what is computed from them
is never joined, but put beside them by a window or a union. A join would be planned as a nested
loop, which computes its inner side anew for every row, while the statistics do not know yet what
was filed. All amounts are ``numeric``; ``round`` on ``numeric`` is half-up. Amounts are in points.

R11 (publication freezes) stands in ``it.kpi.publication``, R12 (explained numbers) in
``it.kpi.explained``. What a trial puts otherwise (``it_kpi_what_if.py``) are the ``Terms``.
"""

from typing import NamedTuple

from odoo.tools import SQL


class Terms(NamedTuple):
    """What of the rules a trial reads otherwise, as pieces of the query; by default as it is."""

    takes_part: SQL = SQL("TRUE")  # whether the unit of a form ``f`` takes part at all
    vetoes: SQL = SQL("SELECT rubric_id, kind, effect, indicator_id FROM it_kpi_veto")
    weight: SQL = SQL("0.5")  # the share of the self-assessment in the final


AS_IT_IS = Terms()

# The forms of both kinds in the cycles under way.
FORMS = """
form AS NOT MATERIALIZED (
    SELECT f.*
      FROM (SELECT 'assessment' AS kind, id, cycle_id, unit_id, state = 'submitted' AS filed
              FROM it_kpi_assessment
             UNION ALL
            SELECT 'survey', id, cycle_id, unit_id, state = 'confirmed'
              FROM it_kpi_survey) f
      JOIN it_kpi_cycle cycle ON cycle.id = f.cycle_id AND cycle.state IN ('open', 'review')
     WHERE %(takes_part)s
)"""

# R6, R7: what the incidents of the year do, as the rubric's settings say.
VETOES = """
veto AS NOT MATERIALIZED (
    SELECT c.id AS cycle_id, i.unit_id, v.effect, v.indicator_id,
           string_agg(DISTINCT i.kind, ',') AS kinds
      FROM it_kpi_incident i
      JOIN it_kpi_cycle c ON c.company_id = i.company_id AND c.year = i.year
      JOIN (%(vetoes)s) v ON v.rubric_id = c.rubric_id AND v.kind = i.kind
     WHERE i.state = 'recorded'
     GROUP BY c.id, i.unit_id, v.effect, v.indicator_id
)"""

# R1: a graded line scores points x ratio, which the line itself stores. R7: a zeroed indicator
# scores 0, whatever was marked. Only filed forms take part (R2).
MARKS = """
mark AS NOT MATERIALIZED (
    SELECT form.kind, form.cycle_id, form.unit_id, line.id AS line_id, line.indicator_id,
           line.grade_id, line.not_applicable, i.points,
           veto.indicator_id IS NOT NULL AS zeroed, veto.kinds AS veto_kinds,
           CASE WHEN veto.indicator_id IS NOT NULL THEN 0
                WHEN line.grade_id IS NOT NULL THEN line.score END AS own_score
      FROM form
      JOIN (SELECT 'assessment' AS kind, id, form_id, cycle_id, indicator_id, grade_id,
                   not_applicable, score
              FROM it_kpi_assessment_line
             UNION ALL
            SELECT 'survey', id, form_id, cycle_id, indicator_id, grade_id,
                   not_applicable, score
              FROM it_kpi_survey_line) line
        ON line.kind = form.kind AND line.form_id = form.id AND line.cycle_id = form.cycle_id
      JOIN it_kpi_indicator i ON i.id = line.indicator_id
      LEFT JOIN veto ON veto.effect = 'indicator' AND veto.cycle_id = form.cycle_id
       AND veto.unit_id = form.unit_id AND veto.indicator_id = line.indicator_id
     WHERE form.filed
)"""

# R2: the mean over the units that have the indicator, rounded where it is put in.
MEANS = """
marked AS NOT MATERIALIZED (
    SELECT mark.*, round(avg(own_score) OVER alike, 2) AS mean,
           count(own_score) OVER alike AS unit_count
      FROM mark
    WINDOW alike AS (PARTITION BY cycle_id, kind, indicator_id)
)"""

# R2, R3: what the unit lacks gets the mean; what nobody has drops out (score is NULL).
FILLED = """
filled AS NOT MATERIALIZED (
    SELECT marked.*, COALESCE(own_score, mean) AS score,
           CASE WHEN zeroed THEN 'zeroed'
                WHEN own_score IS NOT NULL THEN 'graded'
                WHEN mean IS NOT NULL THEN 'mean'
                ELSE 'dropped' END AS origin
      FROM marked
)"""

# R4: a form's total. R3: scaled to the full points where an indicator dropped out.
TOTALS = """
total AS NOT MATERIALIZED (
    SELECT cycle_id, kind, unit_id,
           CASE WHEN count(score) = count(*) THEN sum(score)
                ELSE COALESCE(round(sum(score) * sum(points)
                     / sum(points) FILTER (WHERE score IS NOT NULL), 2), 0) END AS total
      FROM filled
     GROUP BY cycle_id, kind, unit_id
)"""

# Both totals of a unit side by side. R8: a form that was never filed totals 0. As long as one of
# the two forms is neither filed nor 未报, the unit lacks a total.
PAIRS = """
pair AS NOT MATERIALIZED (
    SELECT max(id) AS id, cycle_id, unit_id, bool_or(unfiled) AS unfiled,
           max(assessment_total) AS assessment_total, max(survey_total) AS survey_total
      FROM (SELECT f.id, f.cycle_id, f.unit_id, f.state = 'unfiled' AS unfiled,
                   CASE WHEN f.state = 'unfiled' THEN 0 END AS assessment_total,
                   NULL::numeric AS survey_total
              FROM it_kpi_assessment f
             WHERE %(takes_part)s
             UNION ALL
            SELECT NULL, cycle_id, unit_id, FALSE,
                   CASE WHEN kind = 'assessment' THEN total END,
                   CASE WHEN kind = 'survey' THEN total END
              FROM total) one
     GROUP BY cycle_id, unit_id
)"""

UNITS = """
unit_score AS NOT MATERIALIZED (
    SELECT pair.*,
           (SELECT veto.kinds FROM veto WHERE veto.effect = 'final'
               AND veto.cycle_id = pair.cycle_id AND veto.unit_id = pair.unit_id) AS veto_kinds
      FROM pair
)"""

# R5: the mean of both totals. R6: a veto makes the final 0; the final before it stays on record.
FINALS = """
final AS NOT MATERIALIZED (
    SELECT unit_score.*, veto_kinds IS NOT NULL AS vetoed,
           before_veto IS NOT NULL AS complete, before_veto,
           CASE WHEN veto_kinds IS NOT NULL AND before_veto IS NOT NULL THEN 0
                ELSE before_veto END AS final
      FROM unit_score
     CROSS JOIN LATERAL (
           SELECT round(%(weight)s * assessment_total + (1 - %(weight)s) * survey_total, 2)
               AS before_veto) mean
)"""

# R9: equal finals share a rank, the next one is skipped. R10: the last ones are those with
# fewer than N units strictly below them; RANK() from the end is that number plus one.
RANKED = """
SELECT final.id, final.cycle_id, final.unit_id, unfiled, vetoed, veto_kinds, complete,
       assessment_total, survey_total, before_veto, final,
       CASE WHEN complete THEN RANK() OVER from_the_top END AS rank,
       complete AND RANK() OVER from_the_end <= rubric.last_count AS is_last
  FROM final
  JOIN it_kpi_cycle cycle ON cycle.id = final.cycle_id AND cycle.state IN ('open', 'review')
  JOIN it_kpi_rubric rubric ON rubric.id = cycle.rubric_id
WINDOW from_the_top AS (PARTITION BY final.cycle_id, complete ORDER BY final DESC),
       from_the_end AS (PARTITION BY final.cycle_id, complete ORDER BY final)"""

# Two kinds of lines share one table of numbers: even ids are assessments, odd ones surveys.
SCORED_LINES = """
SELECT line_id * 2 + (kind = 'survey')::int AS id, cycle_id, unit_id, kind, indicator_id,
       grade_id, not_applicable, points, score, mean, unit_count, origin, veto_kinds
  FROM filled"""


def _with(steps, query, terms=AS_IT_IS):
    parts = (SQL(step, **terms._asdict()) for step in steps)
    return SQL("WITH %s %s", SQL(",").join(parts), SQL(query))


def ranking_query(terms=AS_IT_IS):
    """Return the query of all units' totals, finals and ranks in the cycles under way.

    :param Terms terms: what of the rules is read otherwise
    """
    steps = (FORMS, VETOES, MARKS, MEANS, FILLED, TOTALS, PAIRS, UNITS, FINALS)
    return _with(steps, RANKED, terms)


def ranked_units_query():
    """Return the query of the rows of ``ranking_query`` alone, without what they score."""
    return SQL(
        """SELECT form.id, form.cycle_id, form.unit_id
             FROM it_kpi_assessment form
             JOIN it_kpi_cycle cycle
               ON cycle.id = form.cycle_id AND cycle.state IN ('open', 'review')"""
    )


def scored_lines_query():
    """Return the query of all lines of filed forms, with the means filled in."""
    return _with((FORMS, VETOES, MARKS, MEANS, FILLED), SCORED_LINES)


def tampered_scores_query(cycle_id):
    """Return the query that counts the cycle's lines whose stored score does not obey R1."""
    return SQL(
        """SELECT count(*)
             FROM (SELECT cycle_id, indicator_id, grade_id, score
                     FROM it_kpi_assessment_line
                    UNION ALL
                   SELECT cycle_id, indicator_id, grade_id, score
                     FROM it_kpi_survey_line) line
             JOIN it_kpi_indicator i ON i.id = line.indicator_id
             LEFT JOIN it_kpi_grade g ON g.id = line.grade_id
            WHERE line.cycle_id = %s
              AND line.score <> COALESCE(round(i.points * g.ratio, 2), 0)""",
        cycle_id,
    )
