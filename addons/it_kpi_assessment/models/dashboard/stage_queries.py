"""How far a year has come, as SQL: every form with the stage that it has reached.

Stages are finer than states: a form that nobody has begun is not one being filled in, and a survey
that waits for its unit is not one that waits for its assessors.
"""

from typing import NamedTuple

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...const import UNIT_STAFF

_lt = LazyTranslate(__name__)


class Stage(NamedTuple):
    """One stage: its label, and the roles it waits for. A stage of forms that are done has none."""

    label: LazyTranslate
    waits_for: tuple[str, ...] = ()


STAGES = {
    "assessment": {
        "not_begun": Stage(_lt("Not Begun"), ("reporter",)),
        "filling": Stage(_lt("Being Filled In"), ("reporter",)),
        "returned": Stage(_lt("Returned"), ("reporter",)),
        "to_sign": Stage(_lt("To Sign"), ("leader",)),
        "submitted": Stage(_lt("Submitted")),
        "unfiled": Stage(_lt("Not Filed")),
    },
    "survey": {
        "awaiting": Stage(_lt("Waiting for the Self-Assessment"), UNIT_STAFF),
        "unassigned": Stage(_lt("Nobody Assigned"), ("head",)),
        "assigned": Stage(_lt("Assigned, Not Begun"), ("assessor",)),
        "grading": Stage(_lt("Being Graded"), ("assessor",)),
        "to_confirm": Stage(_lt("Signed, to Be Confirmed"), ("head",)),
        "confirmed": Stage(_lt("Visited and Confirmed")),
    },
}

ASSESSMENTS = """
SELECT form.id, form.unit_id,
       CASE WHEN form.state <> 'draft' THEN form.state
            WHEN %(marked)s THEN 'filling'
            ELSE 'not_begun' END AS stage,
       GREATEST(cycle.deadline, form.extended_until) AS until,
       form.state NOT IN ('submitted', 'unfiled')
           AND GREATEST(cycle.deadline, form.extended_until) < %(now)s AS late
  FROM it_kpi_assessment form
  JOIN it_kpi_cycle cycle ON cycle.id = form.cycle_id
 WHERE form.cycle_id = %(cycle)s AND form.state <> 'withdrawn'"""

SURVEYS = """
SELECT form.id, form.unit_id,
       CASE WHEN form.state = 'confirmed' THEN 'confirmed'
            WHEN assessment.state NOT IN ('submitted', 'unfiled') THEN 'awaiting'
            WHEN NOT EXISTS (SELECT FROM it_kpi_survey_assessor_rel assessor
                              WHERE assessor.survey_id = form.id) THEN 'unassigned'
            WHEN NOT EXISTS (SELECT FROM it_kpi_survey_assessor_rel assessor
                              WHERE assessor.survey_id = form.id
                                AND NOT EXISTS (SELECT FROM it_kpi_survey_signature signature
                                                 WHERE signature.form_id = form.id
                                                   AND signature.user_id = assessor.user_id))
                 THEN 'to_confirm'
            WHEN %(marked)s THEN 'grading'
            ELSE 'assigned' END AS stage,
       NULL::timestamp AS until, FALSE AS late
  FROM it_kpi_survey form
  JOIN it_kpi_assessment assessment ON assessment.id = form.assessment_id
 WHERE form.cycle_id = %(cycle)s AND form.state <> 'withdrawn'"""

MARKED = """EXISTS (SELECT FROM %s line
                     WHERE line.form_id = form.id
                       AND (line.grade_id IS NOT NULL OR line.not_applicable))"""

# What late units are sorted by; equal ones keep the usual order of units.
LATE_ORDERS = {
    "unit": "unit.kind %(way)s, unit.sequence %(way)s, unit.id %(way)s",
    "stage": "array_position(%(stages)s, form.stage::text) %(way)s",
    "until": "form.until %(way)s",
}


def staged_forms_query(kind, cycle, now):
    """Return the query of all forms of a kind, ``assessment`` or ``survey``, of a cycle.

    The forms of withdrawn units (R13) are records, and in no stage.

    Its columns are ``id``, ``unit_id``, ``stage``, ``until`` (the form's own deadline) and
    ``late``, both as of the moment ``now`` (UTC).
    """
    return SQL(
        {"assessment": ASSESSMENTS, "survey": SURVEYS}[kind],
        marked=SQL(MARKED, SQL.identifier(f"it_kpi_{kind}_line")),
        now=now,
        cycle=cycle.id,
    )


def stage_counts_query(forms):
    """Return the query of how many forms are in each stage, and how many of them are late."""
    return SQL("SELECT stage, count(*), count(*) FILTER (WHERE late) FROM (%s) f GROUP BY 1", forms)


def late_forms_query(forms, stages, order, descending, limit):
    """Return the query of the first late forms: id, unit, its name, stage and deadline.

    :param stages: the names of the stages in their order
    :param str order: a key of ``LATE_ORDERS``
    """
    way = SQL("DESC") if descending else SQL("ASC")
    return SQL(
        """SELECT form.id, form.unit_id, unit.name, form.stage, form.until
             FROM (%(forms)s) form JOIN it_kpi_unit unit ON unit.id = form.unit_id
            WHERE form.late
            ORDER BY %(order)s, unit.kind, unit.sequence, unit.id
            LIMIT %(limit)s""",
        forms=forms,
        order=SQL(LATE_ORDERS[order], way=way, **({"stages": stages} if order == "stage" else {})),
        limit=limit,
    )
