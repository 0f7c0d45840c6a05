"""What a publication freezes beside the scores, as SQL: every word that its pages print (R11).

This is the one list of those words. Prints, workbook and screens of a published result read the
columns that are filled here, and neither the unit, the bureau, the people nor the rubric.
"""

from odoo.tools import SQL

# Columns of it.kpi.publication, and where they come from when it is created.
PUBLICATION_WORDS = {
    "bureau_name": SQL("company.name"),
    "rubric_name": SQL("rubric.name"),
    "rubric_version": SQL("rubric.version"),
    "rubric_state": SQL("rubric.state"),
    "rubric_document": SQL("rubric.document"),
    "approved_by_name": SQL("approver_partner.name"),
    "published_by_name": SQL("publisher_partner.name"),
}

# Columns of it.kpi.result: the unit as it is called, and its place among those of the year.
UNIT_WORDS = {
    "unit_name": SQL("unit.name"),
    "unit_short_name": SQL("unit.short_name"),
    "unit_kind": SQL("unit.kind"),
    "unit_order": SQL("row_number() OVER (ORDER BY unit.kind, unit.sequence, unit.id)"),
}

# Before its statistics include the publication, PostgreSQL expects hardly any of its rows, and may
# compare every line with every result: the fingerprint of 10 000 units took minutes.
STATISTICS = "ANALYZE it_kpi_result, it_kpi_result_line"

# The recorded and lifted incidents of a year, of the units that take part, as a list in JSON.
INCIDENTS = SQL(
    """COALESCE((
           SELECT jsonb_agg(
                      jsonb_build_object(
                          'unit_id', incident.unit_id, 'unit_name', incident_unit.name,
                          'kind', incident.kind, 'date', incident.date,
                          'decision', incident.decision,
                          'lift_decision', incident.lift_decision,
                          'is_lifted', incident.state = 'lifted'
                      ) ORDER BY incident.date, incident.id
                  )
             FROM it_kpi_incident incident
             JOIN it_kpi_unit incident_unit ON incident_unit.id = incident.unit_id
             JOIN it_kpi_cycle_unit_rel taking_part
               ON taking_part.unit_id = incident.unit_id AND taking_part.cycle_id = cycle.id
            WHERE incident.company_id = cycle.company_id AND incident.year = cycle.year
       ), '[]')"""
)

# The public notices (公示) of the revision that is published or proposed now, and the objections to
# them, or to the publication that it revises. One row.
NOTICES = """
    SELECT edition.revision,
           (SELECT max(proposal) FROM it_kpi_publication
             WHERE cycle_id = cycle.id AND revision = edition.revision) AS last_proposal,
           (SELECT min(published_at) FROM it_kpi_publication
             WHERE cycle_id = cycle.id AND revision = edition.revision) AS noticed_at,
           count(objection.id) AS objection_count,
           count(objection.id) FILTER (WHERE objection.upheld_count > 0) AS upheld_count,
           string_agg(DISTINCT result.unit_name, '、')
               FILTER (WHERE objection.upheld_count > 0) AS upheld_units
      FROM (SELECT count(*) + 1 AS revision FROM it_kpi_publication
             WHERE cycle_id = cycle.id AND state = 'published') edition
      LEFT JOIN it_kpi_publication earlier ON earlier.cycle_id = cycle.id
       AND (earlier.revision = edition.revision
            OR earlier.state = 'published' AND earlier.revision = edition.revision - 1)
      LEFT JOIN it_kpi_result result ON result.publication_id = earlier.id
      LEFT JOIN it_kpi_objection objection ON objection.result_id = result.id
       AND objection.state NOT IN ('draft', 'to_sign')
     GROUP BY edition.revision"""

# The approval and the reason of a revision are taken from the year.
PUBLICATION = """
INSERT INTO it_kpi_publication (
       cycle_id, company_id, rubric_id, reason, approved_by_id, approved_at,
       published_by_id, published_at, incidents, revision,
       state, proposal, is_renewed, noticed_at, notice_until,
       objection_count, upheld_count, upheld_units, %(names)s,
       create_uid, create_date, write_uid, write_date)
SELECT cycle.id, cycle.company_id, cycle.rubric_id, cycle.revision_reason,
       cycle.approved_by_id, cycle.approved_at, publisher.id, %(moment)s, %(incidents)s,
       notices.revision, %(state)s,
       CASE WHEN %(state)s = 'proposed' THEN COALESCE(notices.last_proposal, 0) + 1 ELSE 0 END,
       %(is_renewed)s, notices.noticed_at, COALESCE(%(notice_until)s, cycle.notice_until),
       notices.objection_count, notices.upheld_count, notices.upheld_units,
       %(words)s, publisher.id, %(moment)s, publisher.id, %(moment)s
  FROM it_kpi_cycle cycle
  CROSS JOIN LATERAL (%(notices)s) notices
  JOIN res_company company ON company.id = cycle.company_id
  JOIN it_kpi_rubric rubric ON rubric.id = cycle.rubric_id
  JOIN res_users approver ON approver.id = cycle.approved_by_id
  JOIN res_partner approver_partner ON approver_partner.id = approver.partner_id
  JOIN res_users publisher ON publisher.id = %(publisher)s
  JOIN res_partner publisher_partner ON publisher_partner.id = publisher.partner_id
 WHERE cycle.id = %(cycle)s
RETURNING id"""


def insert_publication_query(cycle_id, publisher_id, moment, notice_until, is_renewed):
    """Return the statement that creates the publication of a year and returns its id.

    :param int publisher_id: the user who publishes
    :param datetime moment: of publication
    :param notice_until: the end of the public notice of a proposed result; None publishes it
    :param bool is_renewed: whether the notice is renewed after an objection
    """
    return SQL(
        PUBLICATION,
        names=join_columns(PUBLICATION_WORDS),
        words=SQL(", ").join(PUBLICATION_WORDS.values()),
        incidents=INCIDENTS,
        notices=SQL(NOTICES),
        cycle=cycle_id,
        publisher=publisher_id,
        moment=moment,
        state="proposed" if notice_until else "published",
        is_renewed=is_renewed,
        notice_until=notice_until,
    )


def incidents_query(cycle_id):
    """Return the query of the incidents of a year that is not published yet: one row, a list."""
    return SQL(
        "SELECT %(incidents)s FROM it_kpi_cycle cycle WHERE cycle.id = %(cycle)s",
        incidents=INCIDENTS,
        cycle=cycle_id,
    )


def named_units_query(scores):
    """Return the query of scores with the columns ``UNIT_WORDS`` added.

    :param SQL scores: a query with a column ``unit_id``
    """
    return SQL(
        """SELECT scored.*, %(words)s
             FROM (%(scores)s) scored
             JOIN it_kpi_unit unit ON unit.id = scored.unit_id""",
        words=SQL(", ").join(
            SQL("%s AS %s", word, SQL.identifier(name)) for name, word in UNIT_WORDS.items()
        ),
        scores=scores,
    )


def join_columns(names):
    """Return names of columns as a list in SQL."""
    return SQL(", ").join(map(SQL.identifier, names))
