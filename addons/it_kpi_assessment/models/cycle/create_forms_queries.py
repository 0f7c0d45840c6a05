"""Creating the forms of a cycle as SQL: every unit gets a self-assessment and a survey.

The statements are set-based, because a province has thousands of units. They are idempotent: units
and forms that have their rows already are skipped, so that a unit can join later. Every row is
created as ``create()`` would create it, with ``draft``, no marks and a score of 0 points.
"""

from odoo.tools import SQL

# One row per unit of the cycle that has no self-assessment in it yet.
ASSESSMENTS = """
INSERT INTO it_kpi_assessment
       (cycle_id, unit_id, company_id, state, filed_total,
        create_uid, create_date, write_uid, write_date)
SELECT cycle.id, unit_without_form.unit_id, cycle.company_id, 'draft', 0,
       %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
  FROM it_kpi_cycle cycle,
       (SELECT unit_id FROM it_kpi_cycle_unit_rel WHERE cycle_id = %(cycle)s
        EXCEPT
        SELECT unit_id FROM it_kpi_assessment WHERE cycle_id = %(cycle)s) unit_without_form
 WHERE cycle.id = %(cycle)s
 ORDER BY unit_without_form.unit_id"""

# One row per self-assessment of the cycle that has no survey yet.
SURVEYS = """
INSERT INTO it_kpi_survey
       (cycle_id, unit_id, company_id, assessment_id, state, filed_total,
        create_uid, create_date, write_uid, write_date)
SELECT cycle_id, unit_id, company_id, id, 'draft', 0,
       %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
  FROM it_kpi_assessment form
 WHERE cycle_id = %(cycle)s
   AND NOT EXISTS (SELECT FROM it_kpi_survey survey WHERE survey.assessment_id = form.id)
 ORDER BY id"""

# Links the inspections (日常检查) made earlier in the year to the survey of their unit.
INSPECTIONS = """
UPDATE it_kpi_inspection inspection
   SET survey_id = survey.id
  FROM it_kpi_survey survey
  JOIN it_kpi_cycle cycle ON cycle.id = survey.cycle_id
 WHERE cycle.id = %(cycle)s
   AND inspection.unit_id = survey.unit_id
   AND inspection.year = cycle.year
   AND inspection.survey_id IS NULL"""

# One row per indicator of the rubric, for every form of a kind that has no lines yet.
LINES = """
INSERT INTO %(lines)s
       (form_id, cycle_id, indicator_id, not_applicable, score,
        create_uid, create_date, write_uid, write_date)
SELECT form.id, form.cycle_id, indicator.id, FALSE, 0,
       %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
  FROM %(forms)s form
  JOIN it_kpi_cycle cycle ON cycle.id = form.cycle_id
  JOIN it_kpi_indicator indicator ON indicator.rubric_id = cycle.rubric_id
 WHERE form.cycle_id = %(cycle)s
   AND NOT EXISTS (SELECT FROM %(lines)s line WHERE line.form_id = form.id)
 ORDER BY form.id, indicator.sequence"""

# Before its statistics include the cycle, PostgreSQL expects hardly any of its rows and picks a
# plan for few rows: a ranking of 1 000 units took 17 s.
STATISTICS = "ANALYZE it_kpi_assessment, it_kpi_survey, it_kpi_assessment_line, it_kpi_survey_line"


def create_forms_queries(cycle):
    """Return the statements that create the forms of a cycle, to be executed in this order.

    :param cycle: one ``it.kpi.cycle`` with its frozen rubric; its user becomes the creator
    """
    values = {"cycle": cycle.id, "uid": cycle.env.uid}
    return [
        SQL(ASSESSMENTS, **values),
        SQL(SURVEYS, **values),
        SQL(INSPECTIONS, **values),
        *(
            SQL(
                LINES,
                forms=SQL.identifier(table),
                lines=SQL.identifier(f"{table}_line"),
                **values,
            )
            for table in ("it_kpi_assessment", "it_kpi_survey")
        ),
    ]
