"""Ten years in the tables: is a year still read by its own marks alone?"""

import json
from typing import NamedTuple

from odoo.tools import SQL

from .bureau import FILED
from .measures.live_ranking import LiveRanking
from .measuring import clock
from .rows import copy_row, get_columns

YEARS = 10
# Of fewer marks than these, reading all of them is quicker than any index.
LEAST_UNITS = 1000
LINES = ("it_kpi_assessment_line", "it_kpi_survey_line")
# What a copied form or line says otherwise than the one it is copied from.
FORM_KEYS = {
    "it_kpi_assessment": {},
    "it_kpi_survey": {
        "assessment_id": "(SELECT own.id FROM it_kpi_assessment own"
        " WHERE own.cycle_id = %(copy)s AND own.unit_id = source.unit_id)"
    },
}
FORMS = """
INSERT INTO {form} ({columns}) SELECT {values} FROM {form} source WHERE cycle_id = %(cycle)s"""
LINES_OF_FORMS = """
INSERT INTO {form}_line ({columns})
SELECT {values}
  FROM {form}_line source
  JOIN {form} former ON former.id = source.form_id
  JOIN {form} form ON form.cycle_id = %(copy)s AND form.unit_id = former.unit_id
 WHERE source.cycle_id = %(cycle)s"""
SIZES = """
SELECT sum(pg_relation_size(name::regclass)), sum(pg_indexes_size(name::regclass)),
       sum(reltuples)::bigint
  FROM unnest(%s) name JOIN pg_class ON pg_class.oid = name::regclass"""


class Ranked(NamedTuple):
    """What the ranking of one year does among the marks of so many."""

    units: int
    years: int
    lines: int
    table_bytes: int
    index_bytes: int
    before: float
    seconds: float
    indexes: dict
    is_scanned: bool


def rank_among_years(bureau, say):
    """Copy a filed year until there are ten, and return how its ranking is read then.

    :raise AssertionError: marks of other years are read as well
    """
    measure = LiveRanking(bureau)
    before = _time(measure)
    for year in range(YEARS - len(_count_years(bureau))):
        say(f"Copying a year: {year + 1}")
        _copy_year(bureau, 2000 + year)
    bureau.maintain()
    bytes_of_tables, bytes_of_indexes, lines = bureau.fetch(SIZES, [list(LINES)])[0]
    nodes = list(_get_plan(bureau, measure.query))
    ranked = Ranked(
        units=bureau.size,
        years=len(_count_years(bureau)),
        lines=lines,
        table_bytes=int(bytes_of_tables),
        index_bytes=int(bytes_of_indexes),
        before=before,
        seconds=_time(measure),
        indexes=_get_indexes(nodes),
        is_scanned=any(_scans_all(node) for node in nodes),
    )
    assert bureau.size < LEAST_UNITS or is_read_by_year(ranked), ranked
    return ranked


def is_read_by_year(ranked):
    """Return whether the index of the cycle finds the marks of both kinds, and no other marks."""
    wanted = {table: {f"{table}__cycle_id_index"} for table in LINES}
    return ranked.indexes == wanted and not ranked.is_scanned


def describe(ranked):
    """Return sentences on it."""
    used = sorted(name for names in ranked.indexes.values() for name in names)
    scanned = "a sequential scan of the marks" if ranked.is_scanned else "no sequential scan of any"
    verdict = "**met**" if is_read_by_year(ranked) else "**not met**"
    return [
        f"{ranked.years} years of {ranked.units:,} units: {ranked.lines:,} marks, tables of "
        f"{ranked.table_bytes / 1024**3:.2f} GB, indexes of {ranked.index_bytes / 1024**3:.2f} GB.",
        f"EXPLAIN of the ranking of one of them reads marks by {', '.join(used) or 'no index'} "
        f"and by {scanned}: its cycle's index alone, {verdict}.",
        f"All its rows through the ORM take {ranked.seconds:.2f} s, {ranked.before:.2f} s before "
        "the other years were there.",
    ]


def _count_years(bureau):
    return bureau.fetch("SELECT id FROM it_kpi_cycle")


def _time(measure):
    measure.own()
    return clock(measure.own)


def _copy_year(bureau, year):
    """Constraints are not checked while rows are copied that obey them, where that is allowed."""
    with bureau.acting() as env:
        [[is_superuser]] = env.execute_query(
            SQL("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        )
        if is_superuser:
            env.cr.execute("SET LOCAL session_replication_role = replica")
        cycle = bureau.ids[FILED]
        changes = {"year": str(year), "state": "'archived'", "publication_id": "NULL"}
        [copy] = copy_row(env, "it_kpi_cycle", cycle, 1, **changes)
        names = {"cycle": cycle, "copy": copy}
        for form, keys in FORM_KEYS.items():
            _copy(env, FORMS, form, form, {"cycle_id": "%(copy)s", **keys}, names)
        for form in FORM_KEYS:
            keys = {"cycle_id": "%(copy)s", "form_id": "form.id"}
            _copy(env, LINES_OF_FORMS, form, f"{form}_line", keys, names)


def _copy(env, statement, form, table, changes, names):
    columns = get_columns(env, table)
    values = [changes.get(name, f"source.{name}") for name in columns]
    statement = statement.format(form=form, columns=", ".join(columns), values=", ".join(values))
    env.cr.execute(statement, names)


def _get_plan(bureau, query):
    """Yield all nodes of the plan of a query."""
    [[plan]] = bureau.fetch(f"EXPLAIN (FORMAT JSON) {query}")
    yield from _walk((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def _walk(node):
    yield node
    for part in node.get("Plans", []):
        yield from _walk(part)


def _scans_all(node):
    return node["Node Type"] == "Seq Scan" and node["Relation Name"] in LINES


def _get_indexes(nodes):
    """Return the names of the indexes that the marks are read by, by table."""
    names = {node["Index Name"] for node in nodes if "Index Name" in node}
    found = {table: {name for name in names if name.startswith(table)} for table in LINES}
    return {table: indexes for table, indexes in found.items() if indexes}
