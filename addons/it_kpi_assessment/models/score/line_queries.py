"""What the scoring steps read of filed forms and their lines, as ``scoring_queries.py`` describes.

Each ``…_OF_A_KIND`` is a query of one kind of form, and the step below it puts both together.
"""

from odoo.tools import SQL

from ...const import FILED_STATE

# A condition on a form: its year is under way.
UNDER_WAY = SQL(
    """form.cycle_id = ANY(ARRAY(
           SELECT id FROM it_kpi_cycle WHERE state IN ('open', 'review', 'proposed')))"""
)

# R6, R7: the effects of the recorded incidents, as the rubric's settings say. They are few, and
# used in several steps: MATERIALIZED computes them once.
VETOES = """
veto AS MATERIALIZED (
    -- columns: cycle_id, unit_id, effect ('final' or 'indicator'), indicator_id (NULL for the
    -- final), kinds (of incidents, joined by commas); one row per unit and amount that becomes 0
    SELECT c.id AS cycle_id, i.unit_id, v.effect, v.indicator_id,
           string_agg(DISTINCT i.kind, ',') AS kinds
      FROM it_kpi_incident i
      JOIN it_kpi_cycle c ON c.company_id = i.company_id AND c.year = i.year
       AND c.state IN ('open', 'review', 'proposed')
      JOIN (%(vetoes)s) v ON v.rubric_id = c.rubric_id AND v.kind = i.kind
     WHERE i.state = 'recorded'
     GROUP BY c.id, i.unit_id, v.effect, v.indicator_id
),
zeroed_unit AS MATERIALIZED (
    -- columns: cycle_id, unit_id, indicator_ids, kinds (two arrays: kinds[n] zeroes
    -- indicator_ids[n]); one row per unit with an indicator that becomes 0
    SELECT cycle_id, unit_id, array_agg(indicator_id) AS indicator_ids, array_agg(kinds) AS kinds
      FROM veto
     WHERE effect = 'indicator'
     GROUP BY cycle_id, unit_id
)"""

# R1: a graded line scores points x ratio, which the line itself stores. R7: a zeroed indicator
# scores 0, whatever was marked. R2: only filed forms take part.
FILED_LINES_OF_A_KIND = """
    SELECT %(kind)s AS kind, form.cycle_id, form.unit_id, line.id AS line_id, line.indicator_id,
           line.grade_id, line.not_applicable,
           zeroed_unit.kinds[
               array_position(zeroed_unit.indicator_ids, line.indicator_id)] AS veto_kinds,
           CASE WHEN line.indicator_id = ANY(zeroed_unit.indicator_ids) THEN 0
                WHEN line.grade_id IS NOT NULL THEN line.score END AS own_score
      FROM %(forms)s form
      JOIN %(lines)s line ON line.form_id = form.id AND line.cycle_id = form.cycle_id
      LEFT JOIN zeroed_unit
        ON zeroed_unit.cycle_id = form.cycle_id AND zeroed_unit.unit_id = form.unit_id
     WHERE form.state = %(filed)s AND %(takes_part)s AND %(under_way)s"""
FILED_LINES = """
filed_line AS NOT MATERIALIZED (
    -- columns: kind ('assessment' or 'survey'), cycle_id, unit_id, line_id, indicator_id,
    -- grade_id, not_applicable, veto_kinds (NULL unless zeroed), own_score (NULL where the line
    -- has neither a grade nor a veto); one row per line of a filed form
    %(assessment_lines)s
     UNION ALL
    %(survey_lines)s
)"""

# R7: the lines whose points do not count, because an incident zeroes their indicator.
ZEROED_LINES_OF_A_KIND = """
    SELECT %(kind)s AS kind, form.cycle_id, form.unit_id, line.indicator_id, line.score,
           (line.grade_id IS NULL)::int AS ungraded
      FROM zeroed_unit
      JOIN %(forms)s form
        ON form.cycle_id = zeroed_unit.cycle_id AND form.unit_id = zeroed_unit.unit_id
       AND form.state = %(filed)s AND %(takes_part)s
      JOIN %(lines)s line ON line.form_id = form.id AND line.cycle_id = form.cycle_id
       AND line.indicator_id = ANY(zeroed_unit.indicator_ids)"""
ZEROED_LINES = """
zeroed_line AS NOT MATERIALIZED (
    -- columns: kind, cycle_id, unit_id, indicator_id, score (as stored), ungraded (1 if the line
    -- has no grade, else 0); one row per line of a filed form that counts 0
    %(assessment_zeroed)s
     UNION ALL
    %(survey_zeroed)s
)"""

# What the lines of a form that have a score of their own add up to.
SUM_OF_A_KIND = """
    SELECT form.cycle_id, %(kind)s AS kind, form.unit_id, form.filed_total AS score
      FROM %(forms)s form
     WHERE form.state = %(filed)s AND %(takes_part)s AND %(under_way)s"""
FORM_SUMS = """
form_sum AS NOT MATERIALIZED (
    -- columns: cycle_id, kind, unit_id, score; one row per filed form, and one per line that
    -- counts 0, which takes its points off again
    %(assessment_sums)s
     UNION ALL
    %(survey_sums)s
     UNION ALL
    SELECT cycle_id, kind, unit_id, -score FROM zeroed_line
)"""

# R2: the mean over the units that have the indicator, rounded before it is used. A zeroed line
# counts as a 0 in it, also one that was marked 无此项 (R7).
GRADED_OF_A_KIND = """
    SELECT line.cycle_id, %(kind)s AS kind, line.indicator_id, sum(line.score) AS score,
           count(line.grade_id) AS units
      FROM %(forms)s form
      JOIN %(lines)s line ON line.form_id = form.id AND line.cycle_id = form.cycle_id
     WHERE form.state = %(filed)s AND %(takes_part)s AND %(under_way)s
     GROUP BY line.cycle_id, line.indicator_id"""
INDICATOR_MEANS = """
indicator_mean AS NOT MATERIALIZED (
    -- columns: cycle_id, kind, indicator_id, mean (NULL if no unit has the indicator);
    -- one row per indicator and kind of form
    SELECT cycle_id, kind, indicator_id, round(sum(score) / NULLIF(sum(units), 0), 2) AS mean
      FROM (%(assessment_graded)s
             UNION ALL
            %(survey_graded)s
             UNION ALL
            SELECT cycle_id, kind, indicator_id, -score, ungraded FROM zeroed_line) summand
     GROUP BY cycle_id, kind, indicator_id
)"""

# R2: the lines marked 无此项, each with the mean of its indicator. The means are put below the
# lines as rows without a unit, and the window gives every line the one mean of its indicator.
UNGRADED_OF_A_KIND = """
    SELECT form.cycle_id, %(kind)s AS kind, form.unit_id, line.indicator_id,
           NULL::numeric AS mean
      FROM %(forms)s form
      JOIN %(lines)s line ON line.form_id = form.id AND line.cycle_id = form.cycle_id
      LEFT JOIN zeroed_unit
        ON zeroed_unit.cycle_id = form.cycle_id AND zeroed_unit.unit_id = form.unit_id
     WHERE form.state = %(filed)s AND %(takes_part)s AND %(under_way)s
       AND line.grade_id IS NULL
       AND (line.indicator_id = ANY(zeroed_unit.indicator_ids)) IS NOT TRUE"""
NOT_APPLICABLE_LINES = """
not_applicable_line AS NOT MATERIALIZED (
    -- columns: cycle_id, kind, unit_id, indicator_id, mean (NULL if no unit has the indicator),
    -- points (of the indicator); one row per line without a score of its own
    SELECT line_with_mean.*, i.points
      FROM (SELECT cycle_id, kind, unit_id, indicator_id,
                   max(mean) OVER same_indicator AS mean
              FROM (%(assessment_ungraded)s
                     UNION ALL
                    %(survey_ungraded)s
                     UNION ALL
                    SELECT cycle_id, kind, NULL, indicator_id, mean
                      FROM indicator_mean) line_or_mean
            WINDOW same_indicator AS (PARTITION BY cycle_id, kind, indicator_id)) line_with_mean
      JOIN it_kpi_indicator i ON i.id = line_with_mean.indicator_id
     WHERE unit_id IS NOT NULL
)"""

# What a step reads of both kinds of form: the same query of each, as ``assessment_<name>`` and
# ``survey_<name>``.
OF_EACH_KIND = {
    "lines": FILED_LINES_OF_A_KIND,
    "zeroed": ZEROED_LINES_OF_A_KIND,
    "sums": SUM_OF_A_KIND,
    "graded": GRADED_OF_A_KIND,
    "ungraded": UNGRADED_OF_A_KIND,
}


def read_kinds(terms):
    """Return the queries of both kinds of form, by name, such as ``assessment_lines``.

    :param Terms terms: the parts of the rules that a trial replaces
    """
    queries = {}
    for kind, filed in FILED_STATE.items():
        names = {
            "kind": kind,
            "filed": filed,
            "forms": SQL.identifier(f"it_kpi_{kind}"),
            "lines": SQL.identifier(f"it_kpi_{kind}_line"),
            "takes_part": terms.takes_part,
            "under_way": UNDER_WAY,
        }
        queries |= {f"{kind}_{name}": SQL(query, **names) for name, query in OF_EACH_KIND.items()}
    return queries
