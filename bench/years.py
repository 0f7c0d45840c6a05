"""Filling a year set-based: marks that look like those of a real one, the same in every run."""

from odoo.tools import SQL

ASSIGNED = """
INSERT INTO it_kpi_survey_assessor_rel (survey_id, user_id)
SELECT id, %s FROM it_kpi_survey WHERE cycle_id = %s RETURNING 1"""

# 6 % 无此项; A, B, C and D on 25, 40, 22 and 7 %.
MARKS = """
WITH dice AS (
    SELECT id, abs(hashint8(%(seed)s)) %% 100 AS face FROM %(lines)s WHERE cycle_id = %(cycle)s
), mark AS (
    SELECT id, CASE WHEN face < 6 THEN NULL WHEN face < 31 THEN 'A' WHEN face < 71 THEN 'B'
                    WHEN face < 93 THEN 'C' ELSE 'D' END AS code
      FROM dice
), graded AS (
    SELECT line.id, grade.id AS grade_id, round(indicator.points * grade.ratio, 2) AS score
      FROM %(lines)s line
      JOIN mark ON mark.id = line.id
      JOIN it_kpi_indicator indicator ON indicator.id = line.indicator_id
      LEFT JOIN it_kpi_grade grade
        ON grade.rubric_id = indicator.rubric_id AND grade.code = mark.code
)
UPDATE %(lines)s line
   SET grade_id = graded.grade_id, not_applicable = graded.grade_id IS NULL,
       score = COALESCE(graded.score, 0), %(text)s = '制度健全，按计划落实，见附件材料。'
  FROM graded
 WHERE graded.id = line.id
RETURNING 1"""

STATES = """
UPDATE %(forms)s form SET state = %(state)s, filed_total = summed.total
  FROM (SELECT form_id, sum(score) AS total FROM %(lines)s WHERE cycle_id = %(cycle)s
         GROUP BY form_id) summed
 WHERE form.id = summed.form_id RETURNING 1"""
# The table of the forms, the state in which they are filed, what is written on every line.
FORMS = (
    ("it_kpi_assessment", "submitted", "explanation"),
    ("it_kpi_survey", "confirmed", "remark"),
)


def assign(env, cycle_id, assessor_id):
    """Let one assessor visit all units."""
    env.execute_query(SQL(ASSIGNED, assessor_id, cycle_id))


def file_forms(env, cycle_id, seed="id"):
    """Mark all lines of a year and file its forms.

    :param seed: the SQL expression of a whole number that a line's mark follows from
    """
    for table, state, text in FORMS:
        lines, forms = SQL.identifier(f"{table}_line"), SQL.identifier(table)
        names = {"lines": lines, "cycle": cycle_id, "text": SQL.identifier(text), "seed": SQL(seed)}
        env.execute_query(SQL(MARKS, **names))
        env.execute_query(SQL(STATES, forms=forms, state=state, lines=lines, cycle=cycle_id))


def record_incidents(env, cycle, units):
    """Put an incident on the record of every hundredth unit."""
    env["it.kpi.incident"].create(
        [
            {
                "unit_id": unit,
                "kind": "network_security",
                "date": f"{cycle.year}-06-01",
                "description": "经核查属实",
                "decision": "通报1号",
            }
            for unit in units[::100]
        ]
    )
