"""What a revision changes, as SQL: each unit's scores beside those of the publication before.

Two sources of new scores are compared with the frozen rows of an earlier publication: a later
publication of the same year, or the live ranking of a year that is being revised. The columns of
a pair are ``key`` (the publication or the cycle that has the new scores), ``cycle_id`` and
``earlier_id`` (the publication that they are compared with).
"""

from odoo.tools import SQL

from ..score.scoring_queries import ranking_query, scored_lines_query

# What a score and a line of it say, apart from whose they are. A mean that moved matters only
# where it was put in, so it is seen in the score.
SCORE_COLUMNS = (
    *("unfiled", "vetoed", "veto_kinds", "assessment_total", "survey_total"),
    *("before_veto", "final", "rank", "is_last"),
)
LINE_COLUMNS = ("grade_id", "not_applicable", "score", "origin", "veto_kinds")

PUBLISHED_PAIRS = """
    SELECT p.id AS key, p.cycle_id, earlier.id AS earlier_id
      FROM it_kpi_publication p
      JOIN it_kpi_publication earlier
        ON earlier.cycle_id = p.cycle_id AND earlier.revision = p.revision - 1"""

LIVE_PAIRS = """
    SELECT id AS key, id AS cycle_id, publication_id AS earlier_id
      FROM it_kpi_cycle
     WHERE state IN ('open', 'review') AND publication_id IS NOT NULL"""

CHANGES = """
WITH pair AS NOT MATERIALIZED (%(pairs)s)
SELECT new.id, pair.key AS %(key)s, %(more)s new.unit_id, old.id AS old_result_id,
       old.unfiled AS old_unfiled, new.unfiled,
       old.veto_kinds AS old_veto_kinds, new.veto_kinds,
       old.final AS old_final, new.final, old.rank AS old_rank, new.rank,
       old.is_last AS old_is_last, new.is_last
  FROM pair
  JOIN (%(scores)s) new ON new.%(key)s = pair.key
  LEFT JOIN it_kpi_result old ON old.publication_id = pair.earlier_id AND old.unit_id = new.unit_id
 WHERE (%(old)s) IS DISTINCT FROM (%(new)s) OR %(line_differs)s"""

# Old lines are found by their result, however many lines a year has: right after a publication
# the database has no statistics of them yet, and would otherwise choose a plan for a few rows.
PUBLISHED_LINE_DIFFERS = """
EXISTS (
    SELECT FROM it_kpi_result_line new_line
      JOIN it_kpi_result_line old_line ON old_line.result_id = old.id
       AND old_line.kind = new_line.kind AND old_line.indicator_id = new_line.indicator_id
     WHERE new_line.result_id = new.id AND (%(old)s) IS DISTINCT FROM (%(new)s))"""

# The means behind the live lines are those of all units, so these are compared all at once.
LIVE_LINE_DIFFERS = """
(new.cycle_id, new.unit_id) IN (
    SELECT new_line.cycle_id, new_line.unit_id
      FROM (%(lines)s) new_line
      JOIN it_kpi_cycle cycle ON cycle.id = new_line.cycle_id
      JOIN it_kpi_result before
        ON before.publication_id = cycle.publication_id AND before.unit_id = new_line.unit_id
      JOIN it_kpi_result_line old_line ON old_line.result_id = before.id
       AND old_line.kind = new_line.kind AND old_line.indicator_id = new_line.indicator_id
     WHERE (%(old)s) IS DISTINCT FROM (%(new)s))"""


def published_changes_query():
    """Return the query of what every revision changed against the publication before it."""
    return SQL(
        CHANGES,
        pairs=SQL(PUBLISHED_PAIRS),
        key=SQL("publication_id"),
        scores=SQL("SELECT * FROM it_kpi_result"),
        more=SQL("new.company_id, pair.cycle_id,"),
        line_differs=SQL(PUBLISHED_LINE_DIFFERS, **_line_columns()),
        **_columns("old", "new", SCORE_COLUMNS),
    )


def live_changes_query():
    """Return the query of what would change if the years being revised were published now."""
    return SQL(
        CHANGES,
        pairs=SQL(LIVE_PAIRS),
        key=SQL("cycle_id"),
        scores=ranking_query(),
        more=SQL(),
        line_differs=SQL(LIVE_LINE_DIFFERS, lines=scored_lines_query(), **_line_columns()),
        **_columns("old", "new", SCORE_COLUMNS),
    )


def _line_columns():
    return _columns("old_line", "new_line", LINE_COLUMNS)


def _columns(old, new, names):
    """Return the same columns of two tables."""
    return {
        key: SQL(", ").join(SQL.identifier(table, name) for name in names)
        for key, table in (("old", old), ("new", new))
    }


def changed_lines_query(lines, key, earlier_ids):
    """Return the query of the lines that differ from those of earlier results.

    :param lines: the lines now, a query that holds what the reader may see
    :param key: the column of the lines that names what they are part of
    :param earlier_ids: ids of the results (``it.kpi.result``) that they are compared with
    """
    return SQL(
        """SELECT new_line.%(key)s, before.id, new_line.kind, new_line.indicator_id,
                  %(old)s, %(new)s
             FROM (%(lines)s) new_line
             JOIN it_kpi_result before
               ON before.id IN %(earlier)s AND before.unit_id = new_line.unit_id
             JOIN it_kpi_result_line old_line ON old_line.result_id = before.id
              AND old_line.kind = new_line.kind AND old_line.indicator_id = new_line.indicator_id
            WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
            ORDER BY new_line.kind, new_line.indicator_id""",
        key=key,
        lines=lines,
        earlier=tuple(earlier_ids),
        **_line_columns(),
    )
