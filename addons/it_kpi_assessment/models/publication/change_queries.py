"""The changes of a revision as SQL: each unit's scores next to those of the publication before.

New scores are compared with the frozen rows of an earlier publication. They come from one of two
sources: a later publication of the same year, or the live ranking of a year under revision.
Amounts are in points.
"""

from odoo.tools import SQL

from ..score.scoring_queries import ranking_query, scored_lines_query

# The columns of a score and of its lines that are compared. ``mean`` is not among them: a changed
# mean matters only on the lines that it was filled in, where it changes the score.
SCORE_COLUMNS = (
    *("unfiled", "vetoed", "veto_kinds", "assessment_total", "survey_total"),
    *("before_veto", "final", "rank", "is_last", "withdrawal_reason", "withdrawal_decision"),
)
LINE_COLUMNS = ("grade_id", "not_applicable", "score", "origin", "veto_kinds")

# columns: key (the publication with the new scores), cycle_id, earlier_id (the publication that it
# is compared with); one row per revision, and per proposal of a later notice, which is compared
# with the proposal before it
PUBLISHED_PAIRS = """
    SELECT p.id AS key, p.cycle_id, earlier.id AS earlier_id
      FROM it_kpi_publication p
      JOIN it_kpi_publication earlier
        ON earlier.cycle_id = p.cycle_id
       AND (p.proposal > 1 AND earlier.revision = p.revision
            AND earlier.proposal = p.proposal - 1
            OR p.proposal <= 1 AND earlier.revision = p.revision - 1 AND earlier.proposal = 0)"""

# columns: key (the cycle with the new scores), cycle_id, earlier_id (the current publication);
# one row per year under revision
LIVE_PAIRS = """
    SELECT id AS key, id AS cycle_id, publication_id AS earlier_id
      FROM it_kpi_cycle
     WHERE state IN ('open', 'review', 'proposed') AND publication_id IS NOT NULL"""

# columns: as listed, old_* are of the earlier publication; one row per unit whose name, score or
# lines changed. A unit that did not take part before has no old result: old_* are NULL.
CHANGES = """
WITH pair AS NOT MATERIALIZED (%(pairs)s)
SELECT new.id, pair.key AS %(key)s, %(more)s new.unit_id, old.id AS old_result_id,
       old.unfiled AS old_unfiled, new.unfiled,
       old.veto_kinds AS old_veto_kinds, new.veto_kinds,
       old.final AS old_final, new.final, old.rank AS old_rank, new.rank,
       old.is_last AS old_is_last, new.is_last, %(provisional)s AS provisional,
       old.unit_name AS old_unit_name,
       old.withdrawal_reason AS old_withdrawal_reason, new.withdrawal_reason,
       new.withdrawal_decision
  FROM pair
  JOIN (%(scores)s) new ON new.%(key)s = pair.key
  LEFT JOIN it_kpi_result old ON old.publication_id = pair.earlier_id AND old.unit_id = new.unit_id
 WHERE (%(old)s) IS DISTINCT FROM (%(new)s) OR %(is_renamed)s OR %(line_differs)s"""

# Whether the unit is called otherwise than in the earlier publication.
PUBLISHED_RENAMED = "old.unit_name <> new.unit_name"
LIVE_RENAMED = """
EXISTS (SELECT FROM it_kpi_unit unit WHERE unit.id = new.unit_id AND unit.name <> old.unit_name)"""

# Whether a line of the published result ``new`` differs from that of ``old``. The correlated
# subquery reads lines by the index on their result: right after a publication the planner has no
# statistics of them yet, and would otherwise pick a plan for a few rows.
PUBLISHED_LINE_DIFFERS = """
EXISTS (
    SELECT FROM it_kpi_result_line new_line
      JOIN it_kpi_result_line old_line ON old_line.result_id = old.id
       AND old_line.kind = new_line.kind AND old_line.indicator_id = new_line.indicator_id
     WHERE new_line.result_id = new.id AND (%(old)s) IS DISTINCT FROM (%(new)s))"""

# Whether a line of the live score ``new`` differs from the published one. The means of live lines
# depend on all units, so the lines of all units are compared in one uncorrelated subquery.
LIVE_LINE_DIFFERS = """
(new.cycle_id, new.unit_id) IN (
    SELECT new_line.cycle_id, new_line.unit_id
      FROM (%(lines)s) new_line
      JOIN it_kpi_cycle cycle ON cycle.id = new_line.cycle_id
      JOIN it_kpi_result old_result
        ON old_result.publication_id = cycle.publication_id
       AND old_result.unit_id = new_line.unit_id
      JOIN it_kpi_result_line old_line ON old_line.result_id = old_result.id
       AND old_line.kind = new_line.kind AND old_line.indicator_id = new_line.indicator_id
     WHERE (%(old)s) IS DISTINCT FROM (%(new)s))"""


def published_changes_query():
    """Return the query of the changes of every published revision against the one before.

    Rows of ``CHANGES``, with ``publication_id``, ``company_id``, ``cycle_id``, and what the unit
    was called then.
    """
    return SQL(
        CHANGES,
        pairs=SQL(PUBLISHED_PAIRS),
        key=SQL("publication_id"),
        scores=SQL("SELECT * FROM it_kpi_result"),
        more=SQL(
            "new.company_id, pair.cycle_id, new.unit_order, "
            "new.unit_name, new.unit_short_name, new.unit_kind, old.band AS old_band, new.band,"
        ),
        is_renamed=SQL(PUBLISHED_RENAMED),
        line_differs=SQL(PUBLISHED_LINE_DIFFERS, **_line_columns()),
        provisional=SQL("FALSE"),
        **_columns("old", "new", (*SCORE_COLUMNS, "band")),
    )


def live_changes_query(grades):
    """Return the query of the changes if the years under revision were published now.

    Rows of ``CHANGES``, with ``cycle_id``, ``old_band`` and ``band``. While finals are missing it
    is not known who is among the last, nor which grade a unit gets: a unit that differs in nothing
    else has no row.

    :param grades: rows of year, unit and the name of its grade, where grades are known
    """
    columns = _columns("old", "new", [name for name in SCORE_COLUMNS if name != "is_last"])
    return SQL(
        CHANGES,
        pairs=SQL(LIVE_PAIRS),
        key=SQL("cycle_id"),
        scores=_graded_ranking_query(grades),
        more=SQL("CASE WHEN new.band IS NOT NULL THEN old.band END AS old_band, new.band,"),
        is_renamed=SQL(LIVE_RENAMED),
        line_differs=SQL(LIVE_LINE_DIFFERS, lines=scored_lines_query(), **_line_columns()),
        provisional=SQL("new.provisional"),
        old=SQL(
            "%s, old.is_last AND NOT new.provisional, "
            "CASE WHEN new.band IS NOT NULL THEN old.band END",
            columns["old"],
        ),
        new=SQL("%s, new.is_last, new.band", columns["new"]),
    )


def _graded_ranking_query(grades):
    """Return the query of the live ranking, with the names of the grades in a column ``band``."""
    if not grades:
        return SQL("SELECT ranked.*, NULL::varchar AS band FROM (%s) ranked", ranking_query())
    cycles, units, bands = (list(column) for column in zip(*grades, strict=True))
    return SQL(
        """SELECT ranked.*, graded.band
             FROM (%(ranking)s) ranked
             LEFT JOIN unnest(%(cycles)s::int[], %(units)s::int[], %(bands)s::varchar[])
                       graded(cycle, unit, band)
               ON graded.cycle = ranked.cycle_id AND graded.unit = ranked.unit_id""",
        ranking=ranking_query(),
        cycles=cycles,
        units=units,
        bands=bands,
    )


def _line_columns():
    return _columns("old_line", "new_line", LINE_COLUMNS)


def _columns(old, new, names):
    """Return the columns ``names`` of two tables, as the terms ``old`` and ``new``."""
    return {
        key: SQL(", ").join(SQL.identifier(table, name) for name in names)
        for key, table in (("old", old), ("new", new))
    }


def changed_lines_query(lines, key, earlier_ids):
    """Return the query of the lines that differ from those of earlier results.

    A row has the new line's ``key``, the earlier result's id, kind and indicator, then
    ``LINE_COLUMNS`` of the old and of the new line; one row per changed line.

    :param SQL lines: the query of the new lines that the user may read
    :param SQL key: the column of the lines with the id of their score
    :param list earlier_ids: ids of the results (``it.kpi.result``) that they are compared with
    """
    return SQL(
        """SELECT new_line.%(key)s, old_result.id, new_line.kind, new_line.indicator_id,
                  %(old)s, %(new)s
             FROM (%(lines)s) new_line
             JOIN it_kpi_result old_result
               ON old_result.id IN %(earlier)s AND old_result.unit_id = new_line.unit_id
             JOIN it_kpi_result_line old_line ON old_line.result_id = old_result.id
              AND old_line.kind = new_line.kind AND old_line.indicator_id = new_line.indicator_id
            WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
            ORDER BY new_line.kind, new_line.indicator_id""",
        key=key,
        lines=lines,
        earlier=tuple(earlier_ids),
        **_line_columns(),
    )
