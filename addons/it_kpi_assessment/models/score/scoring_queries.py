"""The scoring rule, in one place: SQL that reads like the rules R1 to R10.

Every step is a query over all cycles under way, grouped by cycle; Postgres pushes the reader's
``WHERE cycle_id = …`` down into each of them. What is computed from the marks is never joined with
marks, but put beside them by a window or a union. A join would be planned as a nested loop, which
computes its inner side anew for every row, while the statistics do not know yet what was filed.
The ranking sums by hash and fills in only what is lacking; the lines are each filled in by a
window. All amounts are ``numeric``; ``round`` on ``numeric`` is half-up. Amounts are in points.

R11 (publication freezes) stands in ``it.kpi.publication``, R12 (explained numbers) in
``it.kpi.explained``. What a trial puts otherwise (``it_kpi_trial.py``) are the ``Terms``.
"""

from typing import NamedTuple

from odoo.tools import SQL


class Terms(NamedTuple):
    """What of the rules a trial reads otherwise, as pieces of the query; by default as it is."""

    takes_part: SQL = SQL("TRUE")  # whether the unit of a form ``f`` takes part at all
    vetoes: SQL = SQL("SELECT rubric_id, kind, effect, indicator_id FROM it_kpi_veto")
    weight: SQL = SQL("0.5")  # the share of the self-assessment in the final


AS_IT_IS = Terms()

# R6, R7: what the incidents of the years under way do, as the rubric's settings say. They are few,
# and read at every step: once is enough.
VETOES = """
veto AS MATERIALIZED (
    SELECT c.id AS cycle_id, i.unit_id, v.effect, v.indicator_id,
           string_agg(DISTINCT i.kind, ',') AS kinds
      FROM it_kpi_incident i
      JOIN it_kpi_cycle c ON c.company_id = i.company_id AND c.year = i.year
       AND c.state IN ('open', 'review')
      JOIN (%(vetoes)s) v ON v.rubric_id = c.rubric_id AND v.kind = i.kind
     WHERE i.state = 'recorded'
     GROUP BY c.id, i.unit_id, v.effect, v.indicator_id
),
zeroed AS MATERIALIZED (
    SELECT cycle_id, unit_id, array_agg(indicator_id) AS indicator_ids, array_agg(kinds) AS kinds
      FROM veto
     WHERE effect = 'indicator'
     GROUP BY cycle_id, unit_id
)"""

# R1: a graded line scores points x ratio, which the line itself stores. R7: a zeroed indicator
# scores 0, whatever was marked. Only filed forms of the cycles under way take part (R2).
MARKS_OF_A_KIND = """
    SELECT {kind!r} AS kind, f.cycle_id, f.unit_id, line.id AS line_id, line.indicator_id,
           line.grade_id, line.not_applicable,
           zeroed.kinds[array_position(zeroed.indicator_ids, line.indicator_id)] AS veto_kinds,
           CASE WHEN line.indicator_id = ANY(zeroed.indicator_ids) THEN 0
                WHEN line.grade_id IS NOT NULL THEN line.score END AS own_score
      FROM it_kpi_{kind} f
      JOIN it_kpi_{kind}_line line ON line.form_id = f.id AND line.cycle_id = f.cycle_id
      LEFT JOIN zeroed ON zeroed.cycle_id = f.cycle_id AND zeroed.unit_id = f.unit_id
     WHERE f.state = {filed!r} AND %(takes_part)s
       AND f.cycle_id = ANY(ARRAY(
           SELECT id FROM it_kpi_cycle WHERE state IN ('open', 'review')))"""
MARKS = f"""
mark AS NOT MATERIALIZED (
    {MARKS_OF_A_KIND.format(kind="assessment", filed="submitted")}
     UNION ALL
    {MARKS_OF_A_KIND.format(kind="survey", filed="confirmed")}
)"""

# What a form's own marks come to.
SUMS = """
own AS NOT MATERIALIZED (
    SELECT cycle_id, kind, unit_id, sum(own_score) AS score
      FROM mark
     GROUP BY cycle_id, kind, unit_id
)"""

# R2: the mean over the units that have the indicator, rounded where it is put in; NULL where
# nobody has it.
MEANS = """
mean AS NOT MATERIALIZED (
    SELECT cycle_id, kind, indicator_id, round(avg(own_score), 2) AS mean
      FROM mark
     GROUP BY cycle_id, kind, indicator_id
)"""

# R2: what the units lack, with its mean beside it.
LACKING = """
lacking AS NOT MATERIALIZED (
    SELECT beside.*, i.points
      FROM (SELECT cycle_id, kind, unit_id, indicator_id, max(mean) OVER alike AS mean
              FROM (SELECT cycle_id, kind, unit_id, indicator_id, NULL::numeric AS mean
                      FROM mark
                     WHERE grade_id IS NULL AND own_score IS NULL
                     UNION ALL
                    SELECT cycle_id, kind, NULL, indicator_id, mean
                      FROM mean) lack
            WINDOW alike AS (PARTITION BY cycle_id, kind, indicator_id)) beside
      JOIN it_kpi_indicator i ON i.id = beside.indicator_id
     WHERE unit_id IS NOT NULL
)"""

# R4: a form's total. R3: what nobody has drops out, and the rest is scaled to the full points.
TOTALS = """
full_points AS NOT MATERIALIZED (
    SELECT cycle.id AS cycle_id, sum(i.points) AS points
      FROM it_kpi_cycle cycle
      JOIN it_kpi_indicator i ON i.rubric_id = cycle.rubric_id
     GROUP BY cycle.id
),
total AS NOT MATERIALIZED (
    SELECT cycle_id, kind, unit_id,
           CASE WHEN count(dropped) = 0 THEN sum(score)
                ELSE COALESCE(round(sum(score) * max(points)
                     / NULLIF(max(points) - sum(dropped), 0), 2), 0) END AS total
      FROM (SELECT cycle_id, kind, unit_id, score, points, NULL::numeric AS dropped
              FROM own
              JOIN full_points USING (cycle_id)
             UNION ALL
            SELECT cycle_id, kind, unit_id, mean, NULL, CASE WHEN mean IS NULL THEN points END
              FROM lacking) part
     GROUP BY cycle_id, kind, unit_id
)"""

# Both totals of a unit side by side, and R5: their mean. R8: a form that was never filed totals 0.
# As long as one of the two forms is neither filed nor 未报, the unit lacks a total.
PAIRS = """
pair AS NOT MATERIALIZED (
    SELECT max(id) AS id, cycle_id, unit_id, bool_or(unfiled) AS unfiled,
           max(veto_kinds) AS veto_kinds,
           max(assessment_total) AS assessment_total, max(survey_total) AS survey_total,
           round(%(weight)s * max(assessment_total) + (1 - %(weight)s) * max(survey_total), 2)
               AS before_veto
      FROM (SELECT f.id, f.cycle_id, f.unit_id, f.state = 'unfiled' AS unfiled,
                   NULL AS veto_kinds,
                   CASE WHEN f.state = 'unfiled' THEN 0 END AS assessment_total,
                   NULL::numeric AS survey_total
              FROM it_kpi_assessment f
             WHERE %(takes_part)s
             UNION ALL
            SELECT NULL, cycle_id, unit_id, FALSE, NULL,
                   CASE WHEN kind = 'assessment' THEN total END,
                   CASE WHEN kind = 'survey' THEN total END
              FROM total
             UNION ALL
            SELECT NULL, cycle_id, unit_id, FALSE, kinds, NULL, NULL
              FROM veto
             WHERE effect = 'final') one
     GROUP BY cycle_id, unit_id
    HAVING max(id) IS NOT NULL  -- an incident may concern a unit that does not take part
)"""

# R6: a veto makes the final 0; the final before it stays on record.
FINALS = """
final AS NOT MATERIALIZED (
    SELECT pair.*, veto_kinds IS NOT NULL AS vetoed, before_veto IS NOT NULL AS complete,
           CASE WHEN veto_kinds IS NOT NULL AND before_veto IS NOT NULL THEN 0
                ELSE before_veto END AS final
      FROM pair
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

# R2, R3: every line with the mean of its indicator beside it. What the unit lacks gets the mean;
# what nobody has drops out (score is NULL). Two kinds of lines share one table of numbers: even ids
# are assessments, odd ones surveys.
SCORED_LINES = """
SELECT line_id * 2 + (kind = 'survey')::int AS id, cycle_id, unit_id, kind, indicator_id,
       grade_id, not_applicable, i.points, COALESCE(own_score, mean) AS score, mean, unit_count,
       CASE WHEN veto_kinds IS NOT NULL THEN 'zeroed'
            WHEN own_score IS NOT NULL THEN 'graded'
            WHEN mean IS NOT NULL THEN 'mean'
            ELSE 'dropped' END AS origin,
       veto_kinds
  FROM (SELECT mark.*, round(avg(own_score) OVER alike, 2) AS mean,
               count(own_score) OVER alike AS unit_count
          FROM mark
        WINDOW alike AS (PARTITION BY cycle_id, kind, indicator_id)) marked
  JOIN it_kpi_indicator i ON i.id = marked.indicator_id"""


def _with(steps, query, terms=AS_IT_IS):
    parts = (SQL(step, **terms._asdict()) for step in steps)
    return SQL("WITH %s %s", SQL(",").join(parts), SQL(query))


def ranking_query(terms=AS_IT_IS):
    """Return the query of all units' totals, finals and ranks in the cycles under way.

    :param Terms terms: what of the rules is read otherwise
    """
    steps = (VETOES, MARKS, SUMS, MEANS, LACKING, TOTALS, PAIRS, FINALS)
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
    return _with((VETOES, MARKS), SCORED_LINES)


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
              AND line.score IS DISTINCT FROM COALESCE(round(i.points * g.ratio, 2), 0)""",
        cycle_id,
    )
