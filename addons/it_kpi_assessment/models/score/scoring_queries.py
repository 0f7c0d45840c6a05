"""The scoring rules R1 to R10 and R13 as SQL: one step (a common table expression) after the other.

The steps that read the lines of the forms are in ``line_queries.py``. ``ranking_query`` runs
``RANKING_STEPS``, ``scored_lines_query`` runs ``LINE_STEPS``. The comment at the head of a step
names its columns and says what one row of it is; amounts are in points, as ``numeric``, whose
``round`` is half-up.

An example: two units, and a rubric with one indicator of 10 points (A 100 %, B 80 %) whose last
unit must rectify. On its self-assessment 昭化 marks the indicator as 无此项 (not applicable).
``tests/score/test_scoring_steps.py`` computes exactly these rows, and
``tests/score/test_scoring_example.py`` a year of six units that has all rules in it::

    filed_line           kind        unit_id  grade_id  own_score
                         assessment  利州     B              8.00  -- R1: 10 x 80 %
                         assessment  昭化     NULL           NULL  -- 无此项
                         survey      利州     A             10.00
                         survey      昭化     B              8.00
    form_sum             kind        unit_id  score
                         assessment  利州      8.00
                         assessment  昭化      0.00
                         survey      利州     10.00
                         survey      昭化      8.00
    indicator_mean       kind        mean
                         assessment  8.00                          -- R2: over 利州 alone
                         survey      9.00
    not_applicable_line  kind        unit_id  mean
                         assessment  昭化     8.00
    form_total           kind        unit_id  total
                         assessment  利州      8.00
                         assessment  昭化      8.00                -- R4: no sum, but the mean
                         survey      利州     10.00
                         survey      昭化      8.00
    unit_totals          unit_id  assessment_total  survey_total  before_veto
                         利州                 8.00         10.00         9.00  -- R5
                         昭化                 8.00          8.00         8.00
    unit_final           unit_id  vetoed  final
                         利州     False    9.00                    -- R6: no incident
                         昭化     False    8.00
    ranking_query        unit_id  final  rank  is_last
                         利州      9.00     1  False               -- R9
                         昭化      8.00     2  True                -- R10
    scored_lines_query   kind        unit_id  origin  score  mean
                         assessment  利州     graded   8.00  8.00
                         assessment  昭化     mean     8.00  8.00  -- R2
                         survey      利州     graded  10.00  9.00
                         survey      昭化     graded   8.00  9.00

Every step covers all cycles that are open or under review, grouped by cycle; PostgreSQL pushes
the caller's ``WHERE cycle_id = …`` down into each of them. Aggregates are attached to lines by a
window or a ``UNION ALL``, never by a join with lines: before ``ANALYZE`` the planner expects few
filed rows, and picks a nested loop that computes the aggregate anew for every row.

The ranking sums no form: every filed form stores what its lines earn (``filed_total``), and a line
without a grade stores 0. The lines that a leak zeroes are few, so ``zeroed_line`` finds them and
takes their points off the sum of their form and off that of their indicator. ``scored_lines_query``
needs every line, and fills in the means by a window.

R13: both forms of a withdrawn unit are in the state ``withdrawn``. So they are no filed forms, and
the unit has a row without totals, final and rank, with the reason and the decision.

R11 (publication freezes) is in ``it.kpi.publication``, R12 (explained numbers) in
``it.kpi.explained``. ``Terms`` are the parts of the rules that a trial may replace.
"""

from typing import NamedTuple

from odoo.tools import SQL

from .line_queries import (
    FILED_LINES,
    FORM_SUMS,
    INDICATOR_MEANS,
    NOT_APPLICABLE_LINES,
    VETOES,
    ZEROED_LINES,
    read_kinds,
)


class Terms(NamedTuple):
    """The parts of the rules that a trial (``it_kpi_trial.py``) may replace; defaults: the rules.

    Every step can use them, as ``%(takes_part)s`` and so on.
    """

    takes_part: SQL = SQL("TRUE")  # condition on a form ``form``: whether its unit takes part
    vetoes: SQL = SQL("SELECT rubric_id, kind, effect, indicator_id FROM it_kpi_veto")
    weight: SQL = SQL("0.5")  # the share of the self-assessment in the final, from 0 to 1


AS_IT_IS = Terms()

# R4: a form's total is the sum of its lines: the scores in form_sum, and the means. R3: an
# indicator that no unit has drops out, and the total is scaled to the full points.
FORM_TOTALS = """
full_points AS NOT MATERIALIZED (
    -- columns: cycle_id, points (of all indicators of the rubric); one row per cycle
    SELECT cycle.id AS cycle_id, sum(i.points) AS points
      FROM it_kpi_cycle cycle
      JOIN it_kpi_indicator i ON i.rubric_id = cycle.rubric_id
     GROUP BY cycle.id
),
form_total AS NOT MATERIALIZED (
    -- columns: cycle_id, kind, unit_id, total; one row per filed form
    SELECT cycle_id, kind, unit_id,
           CASE WHEN count(dropped_points) = 0 THEN sum(score)
                ELSE COALESCE(round(sum(score) * max(points)
                     / NULLIF(max(points) - sum(dropped_points), 0), 2), 0) END AS total
      FROM (SELECT cycle_id, kind, unit_id, score, points, NULL::numeric AS dropped_points
              FROM form_sum
              JOIN full_points USING (cycle_id)
             UNION ALL
            SELECT cycle_id, kind, unit_id, mean, NULL, CASE WHEN mean IS NULL THEN points END
              FROM not_applicable_line) summand
     GROUP BY cycle_id, kind, unit_id
)"""

# R5: the final is the mean of both totals. R8: a form that was never filed (未报) totals 0. As long
# as one of the two forms is neither filed nor 未报, its total is NULL, and so is the final.
#
# Three sources are stacked; each fills in the columns that it knows and leaves the others NULL,
# and max() finds the one value that is there:
#
#     source             id    unit_id  assessment_total  survey_total
#     it_kpi_assessment  7     利州     NULL              NULL
#     form_total         NULL  利州     8.00              NULL
#     form_total         NULL  利州     NULL              10.00
#     -> unit_totals     7     利州     8.00              10.00
UNIT_TOTALS = """
unit_totals AS NOT MATERIALIZED (
    -- columns: id (of the self-assessment), cycle_id, unit_id, unfiled (未报), veto_kinds (NULL
    -- without a veto of the final), assessment_total, survey_total, before_veto,
    -- withdrawal_reason and withdrawal_decision (NULL unless the unit was withdrawn, R13);
    -- one row per unit that takes part or was withdrawn
    SELECT max(id) AS id, cycle_id, unit_id, bool_or(unfiled) AS unfiled,
           CASE WHEN max(withdrawal_reason) IS NULL THEN max(veto_kinds) END AS veto_kinds,
           max(withdrawal_reason) AS withdrawal_reason,
           max(withdrawal_decision) AS withdrawal_decision,
           max(assessment_total) AS assessment_total, max(survey_total) AS survey_total,
           round(%(weight)s * max(assessment_total) + (1 - %(weight)s) * max(survey_total), 2)
               AS before_veto
      FROM (SELECT form.id, form.cycle_id, form.unit_id, form.state = 'unfiled' AS unfiled,
                   NULL AS veto_kinds,
                   CASE WHEN form.state = 'unfiled' THEN 0 END AS assessment_total,
                   NULL::numeric AS survey_total,
                   CASE WHEN form.state = 'withdrawn' THEN form.withdrawal_reason END
                       AS withdrawal_reason,
                   CASE WHEN form.state = 'withdrawn' THEN form.withdrawal_decision END
                       AS withdrawal_decision
              FROM it_kpi_assessment form
             WHERE %(takes_part)s
             UNION ALL
            SELECT NULL, cycle_id, unit_id, FALSE, NULL,
                   CASE WHEN kind = 'assessment' THEN total END,
                   CASE WHEN kind = 'survey' THEN total END, NULL, NULL
              FROM form_total
             UNION ALL
            SELECT NULL, cycle_id, unit_id, FALSE, kinds, NULL, NULL, NULL, NULL
              FROM veto
             WHERE effect = 'final') partial_row
     GROUP BY cycle_id, unit_id
    HAVING max(id) IS NOT NULL  -- an incident may concern a unit that does not take part
)"""

# R6: a veto makes the final 0; the final before it stays on record.
UNIT_FINALS = """
unit_final AS NOT MATERIALIZED (
    -- columns: those of unit_totals, vetoed, complete (both totals are known), final (NULL unless
    -- complete); one row per unit that takes part or was withdrawn
    SELECT unit_totals.*, veto_kinds IS NOT NULL AS vetoed, before_veto IS NOT NULL AS complete,
           CASE WHEN veto_kinds IS NOT NULL AND before_veto IS NOT NULL THEN 0
                ELSE before_veto END AS final
      FROM unit_totals
)"""

# R9: equal finals share a rank, the next one is skipped. R10: the last ones are those with
# fewer than N units strictly below them; RANK() from the end is that number plus one. While a unit
# of the year has no final yet, the ranks of the others are provisional, and none is a last one: the
# rank of a withdrawn unit is awaited no more.
RANKED = """
-- columns: as listed; one row per unit that takes part or was withdrawn
SELECT unit_final.id, unit_final.cycle_id, unit_final.unit_id, unfiled, vetoed, veto_kinds,
       withdrawal_reason, withdrawal_decision,
       complete, assessment_total, survey_total, before_veto, final,
       CASE WHEN complete THEN RANK() OVER from_the_top END AS rank,
       complete AND NOT bool_and(complete OR withdrawal_reason IS NOT NULL) OVER same_year
           AS provisional,
       complete AND bool_and(complete OR withdrawal_reason IS NOT NULL) OVER same_year
           AND RANK() OVER from_the_end <= rubric.last_count AS is_last
  FROM unit_final
  JOIN it_kpi_cycle cycle
    ON cycle.id = unit_final.cycle_id AND cycle.state IN ('open', 'review', 'proposed')
  JOIN it_kpi_rubric rubric ON rubric.id = cycle.rubric_id
WINDOW same_year AS (PARTITION BY unit_final.cycle_id),
       from_the_top AS (PARTITION BY unit_final.cycle_id, complete ORDER BY final DESC),
       from_the_end AS (PARTITION BY unit_final.cycle_id, complete ORDER BY final)"""

# R2, R3: every line with the mean of its indicator. A line marked 无此项 gets the mean; an
# indicator that no unit has drops out (score is NULL). The ids of both kinds of lines share one
# model: even ids are lines of self-assessments, odd ones lines of surveys.
SCORED_LINES = """
-- columns: as listed; unit_count is over how many units the mean is; one row per line of a filed
-- form
SELECT line_id * 2 + (kind = 'survey')::int AS id, cycle_id, unit_id, kind, indicator_id,
       grade_id, not_applicable, i.points, COALESCE(own_score, mean) AS score, mean, unit_count,
       CASE WHEN veto_kinds IS NOT NULL THEN 'zeroed'
            WHEN own_score IS NOT NULL THEN 'graded'
            WHEN mean IS NOT NULL THEN 'mean'
            ELSE 'dropped' END AS origin,
       veto_kinds
  FROM (SELECT filed_line.*, round(avg(own_score) OVER same_indicator, 2) AS mean,
               count(own_score) OVER same_indicator AS unit_count
          FROM filed_line
        WINDOW same_indicator AS (PARTITION BY cycle_id, kind, indicator_id)) line_with_mean
  JOIN it_kpi_indicator i ON i.id = line_with_mean.indicator_id"""

LINE_STEPS = (VETOES, FILED_LINES)
RANKING_STEPS = (
    VETOES,
    ZEROED_LINES,
    FORM_SUMS,
    INDICATOR_MEANS,
    NOT_APPLICABLE_LINES,
    FORM_TOTALS,
    UNIT_TOTALS,
    UNIT_FINALS,
)


def query_steps(steps, query, terms=AS_IT_IS):
    """Return a query after the steps that it reads, with the terms filled in.

    :param steps: some of the steps, each after those that it reads
    :param str query: the ``SELECT`` that follows them
    :param Terms terms: the parts of the rules that a trial replaces
    """
    names = {
        **terms._asdict(),
        **read_kinds(terms),
    }
    return SQL("WITH %s %s", SQL(",").join(SQL(step, **names) for step in steps), SQL(query))


def ranking_query(terms=AS_IT_IS):
    """Return the query of all units' totals, finals and ranks (R1 to R10).

    :param Terms terms: the parts of the rules that a trial replaces
    """
    return query_steps(RANKING_STEPS, RANKED, terms)


def ranked_units_query():
    """Return the query of the rows of ``ranking_query`` without any score: id, cycle and unit."""
    return SQL(
        """SELECT form.id, form.cycle_id, form.unit_id
             FROM it_kpi_assessment form
             JOIN it_kpi_cycle cycle
               ON cycle.id = form.cycle_id AND cycle.state IN ('open', 'review', 'proposed')"""
    )


def scored_lines_query():
    """Return the query of all lines of filed forms with score, mean and origin (R1 to R3, R7)."""
    return query_steps(LINE_STEPS, SCORED_LINES)
