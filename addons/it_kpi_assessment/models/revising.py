"""What a revision changes, as SQL: each unit's scores beside those of the publication before.

Two sources of new scores are compared with the frozen rows of an earlier publication: a later
publication of the same year, or the live ranking of a year that is being revised. The columns of
a pair are ``key`` (the publication or the cycle that has the new scores), ``cycle_id`` and
``earlier_id`` (the publication that they are compared with).
"""

from odoo.tools import SQL

from .scoring import ranking_query, scored_lines_query

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
WITH pair AS NOT MATERIALIZED (%(pairs)s),
changed_line AS (
    SELECT pair.key, new.unit_id
      FROM pair
      JOIN (%(lines)s) new ON new.%(key)s = pair.key
      JOIN it_kpi_result_line old
        ON old.publication_id = pair.earlier_id AND old.unit_id = new.unit_id
       AND old.kind = new.kind AND old.indicator_id = new.indicator_id
     WHERE (%(old_line)s) IS DISTINCT FROM (%(new_line)s)
)
SELECT new.id, pair.key AS %(key)s, %(more)s new.unit_id, old.id AS old_result_id,
       old.unfiled AS old_unfiled, new.unfiled,
       old.veto_kinds AS old_veto_kinds, new.veto_kinds,
       old.final AS old_final, new.final, old.rank AS old_rank, new.rank,
       old.is_last AS old_is_last, new.is_last
  FROM pair
  JOIN (%(scores)s) new ON new.%(key)s = pair.key
  LEFT JOIN it_kpi_result old ON old.publication_id = pair.earlier_id AND old.unit_id = new.unit_id
 WHERE (%(old_score)s) IS DISTINCT FROM (%(new_score)s)
    OR (pair.key, new.unit_id) IN (SELECT key, unit_id FROM changed_line)"""


def published_changes_query():
    """Return the query of what every revision changed against the publication before it."""
    return _changes_query(
        PUBLISHED_PAIRS,
        SQL("publication_id"),
        SQL("SELECT * FROM it_kpi_result"),
        SQL("SELECT * FROM it_kpi_result_line"),
        more=SQL("new.company_id, pair.cycle_id,"),
    )


def live_changes_query():
    """Return the query of what would change if the years being revised were published now."""
    return _changes_query(LIVE_PAIRS, SQL("cycle_id"), ranking_query(), scored_lines_query())


def _changes_query(pairs, key, scores, lines, more=None):
    return SQL(
        CHANGES,
        pairs=SQL(pairs),
        key=key,
        scores=scores,
        lines=lines,
        more=more or SQL(),
        **{
            f"{side}_{kind}": SQL(", ").join(SQL.identifier(side, name) for name in columns)
            for side in ("old", "new")
            for kind, columns in (("score", SCORE_COLUMNS), ("line", LINE_COLUMNS))
        },
    )


def changed_lines_query(lines, key, earlier_ids):
    """Return the query of the lines that differ from those of earlier results.

    :param lines: the lines now, a query that holds what the reader may see
    :param key: the column of the lines that names what they are part of
    :param earlier_ids: ids of the results (``it.kpi.result``) that they are compared with
    """
    return SQL(
        """SELECT new.%(key)s, old.result_id, new.kind, new.indicator_id, %(old)s, %(new)s
             FROM (%(lines)s) new
             JOIN it_kpi_result_line old
               ON old.result_id IN %(earlier)s AND old.unit_id = new.unit_id
              AND old.kind = new.kind AND old.indicator_id = new.indicator_id
            WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
            ORDER BY new.kind, new.indicator_id""",
        key=key,
        lines=lines,
        earlier=tuple(earlier_ids),
        old=SQL(", ").join(SQL.identifier("old", name) for name in LINE_COLUMNS),
        new=SQL(", ").join(SQL.identifier("new", name) for name in LINE_COLUMNS),
    )
