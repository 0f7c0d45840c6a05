"""Whether the marks of a year are those that were approved, and earn the scores stored (R1)."""

from odoo.tools import SQL

from ...const import FILED_STATE

MARKS = SQL(
    """SELECT 'assessment' AS kind, cycle_id, form_id, indicator_id, grade_id, not_applicable, score
         FROM it_kpi_assessment_line
        UNION ALL
       SELECT 'survey', cycle_id, form_id, indicator_id, grade_id, not_applicable, score
         FROM it_kpi_survey_line"""
)


def marks_digest_query(cycle_id):
    """Return the query of a fingerprint of all marks of a cycle, of both kinds of form."""
    return SQL(
        """SELECT encode(sha256(convert_to(string_agg(
                      concat_ws(',', kind, form_id, indicator_id, COALESCE(grade_id, 0),
                                COALESCE(not_applicable, FALSE)),
                      ';' ORDER BY kind, form_id, indicator_id), 'UTF8')), 'hex')
             FROM (%s) line WHERE cycle_id = %s""",
        MARKS,
        cycle_id,
    )


def tampered_totals_query(cycle_id):
    """Return the query that counts the filed forms of a cycle that store another sum than that of
    their lines."""
    return SQL(
        "SELECT count(*) FROM (%s UNION ALL %s) form WHERE filed_total IS DISTINCT FROM summed",
        *(
            SQL(
                """SELECT form.filed_total,
                          (SELECT sum(score) FROM %(lines)s WHERE form_id = form.id) AS summed
                     FROM %(forms)s form
                    WHERE form.cycle_id = %(cycle)s AND form.state = %(filed)s""",
                forms=SQL.identifier(f"it_kpi_{kind}"),
                lines=SQL.identifier(f"it_kpi_{kind}_line"),
                cycle=cycle_id,
                filed=filed,
            )
            for kind, filed in FILED_STATE.items()
        ),
    )


def tampered_scores_query(cycle_id):
    """Return the query that counts the lines of a cycle whose stored score is not that of R1."""
    return SQL(
        """SELECT count(*)
             FROM (%s) line
             JOIN it_kpi_indicator i ON i.id = line.indicator_id
             LEFT JOIN it_kpi_grade g ON g.id = line.grade_id
            WHERE line.cycle_id = %s
              AND line.score IS DISTINCT FROM COALESCE(round(i.points * g.ratio, 2), 0)""",
        MARKS,
        cycle_id,
    )
