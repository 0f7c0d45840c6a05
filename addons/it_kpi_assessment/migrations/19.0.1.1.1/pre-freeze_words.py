"""Fill what publications freeze since this version, from what stands now.

The names as they were on publication are not known any more where they have changed since.
"""

import logging

_logger = logging.getLogger(__name__)

# Of it_kpi_publication: column, type, and what it is filled from.
PUBLICATION = (
    ("bureau_name", "varchar", "company.name"),
    ("rubric_name", "varchar", "rubric.name"),
    ("rubric_version", "varchar", "rubric.version"),
    ("rubric_state", "varchar", "rubric.state"),
    ("rubric_document", "varchar", "rubric.document"),
    ("approved_by_name", "varchar", "approver_partner.name"),
    ("published_by_name", "varchar", "publisher_partner.name"),
)
PUBLICATION_SOURCES = """
  FROM res_company company, it_kpi_rubric rubric,
       res_users approver, res_partner approver_partner,
       res_users publisher, res_partner publisher_partner
 WHERE company.id = publication.company_id AND rubric.id = publication.rubric_id
   AND approver.id = publication.approved_by_id AND approver_partner.id = approver.partner_id
   AND publisher.id = publication.published_by_id AND publisher_partner.id = publisher.partner_id
"""
INCIDENTS = """
UPDATE it_kpi_publication publication
   SET incidents = COALESCE((
           SELECT jsonb_agg(
                      jsonb_build_object(
                          'unit_id', incident.unit_id, 'unit_name', unit.name,
                          'kind', incident.kind, 'date', incident.date,
                          'decision', incident.decision,
                          'lift_decision', incident.lift_decision,
                          'is_lifted', incident.state = 'lifted'
                      ) ORDER BY incident.date, incident.id
                  )
             FROM it_kpi_incident incident
             JOIN it_kpi_unit unit ON unit.id = incident.unit_id
             JOIN it_kpi_cycle cycle ON cycle.id = publication.cycle_id
             JOIN it_kpi_cycle_unit_rel taking_part
               ON taking_part.unit_id = incident.unit_id AND taking_part.cycle_id = cycle.id
            WHERE incident.company_id = cycle.company_id AND incident.year = cycle.year
       ), '[]')
"""
RESULTS = """
UPDATE it_kpi_result result
   SET unit_name = unit.name, unit_short_name = unit.short_name, unit_kind = unit.kind,
       unit_order = placed.place
  FROM it_kpi_unit unit,
       (SELECT old.id, row_number() OVER (
                   PARTITION BY old.publication_id
                       ORDER BY old_unit.kind, old_unit.sequence, old_unit.id) AS place
          FROM it_kpi_result old
          JOIN it_kpi_unit old_unit ON old_unit.id = old.unit_id) placed
 WHERE unit.id = result.unit_id AND placed.id = result.id
"""
LINES = """
UPDATE it_kpi_result_line line
   SET unit_order = result.unit_order
  FROM it_kpi_result result
 WHERE result.id = line.result_id
"""
# A second line of a result for one indicator of a form: the first one is what was published.
SECOND_LINES = """
CREATE TEMPORARY TABLE second_line ON COMMIT DROP AS
SELECT line.id, line.result_id, first.id AS first_id
  FROM it_kpi_result_line line
  JOIN (SELECT result_id, kind, indicator_id, min(id) AS id
          FROM it_kpi_result_line
         GROUP BY result_id, kind, indicator_id
        HAVING count(*) > 1) first
    ON first.result_id = line.result_id AND first.kind = line.kind
   AND first.indicator_id = line.indicator_id AND first.id < line.id
"""


def migrate(cr, version):
    """Add and fill the columns before the models demand them, and make room for the constraint."""
    for name, kind, _source in (*PUBLICATION, ("incidents", "jsonb", None)):
        cr.execute(f"ALTER TABLE it_kpi_publication ADD COLUMN {name} {kind}")
    filled = ", ".join(f"{name} = {source}" for name, _kind, source in PUBLICATION)
    cr.execute(f"UPDATE it_kpi_publication publication SET {filled} {PUBLICATION_SOURCES}")
    cr.execute(INCIDENTS)
    cr.execute(
        """ALTER TABLE it_kpi_result
             ADD COLUMN unit_name varchar, ADD COLUMN unit_short_name varchar,
             ADD COLUMN unit_kind varchar, ADD COLUMN unit_order integer"""
    )
    cr.execute(RESULTS)
    _remove_second_lines(cr)
    cr.execute("ALTER TABLE it_kpi_result_line ADD COLUMN unit_order integer")
    cr.execute(LINES)
    # The constraint on result, form and indicator brings an index that begins with the result.
    cr.execute("DROP INDEX IF EXISTS it_kpi_result_line__result_id_index")


def _remove_second_lines(cr):
    """Delete lines that were added past the system, and say so in the log of the server."""
    cr.execute(SECOND_LINES)
    for name in ("assessment_line_id", "survey_line_id"):
        cr.execute(
            f"""UPDATE it_kpi_rectification_weakness weakness
                   SET {name} = second_line.first_id
                  FROM second_line
                 WHERE weakness.{name} = second_line.id"""
        )
    cr.execute(
        """DELETE FROM it_kpi_result_line line
            USING second_line
            WHERE line.id = second_line.id
        RETURNING line.result_id, line.indicator_id, line.kind, line.score"""
    )
    for result, indicator, kind, score in cr.fetchall():
        _logger.warning(
            "Deleted a second line of result %s: indicator %s, %s, %s points. Only the first one "
            "was published.",
            *(result, indicator, kind, score),
        )
