"""Row locks: transactions that change the same records run one after the other.

A transaction waits for a row that another one has locked. If the other one changed the row, the
lock raises a serialization failure, and Odoo retries the request; all checks then see the new
state. Such a failure is no error, so it is not logged.
"""

from odoo.tools import SQL


def lock(records):
    """Lock records that are about to change (``FOR UPDATE``)."""
    _execute(records, "SELECT id FROM %(table)s WHERE id IN %(ids)s ORDER BY id FOR UPDATE")


def share(records):
    """Lock records that must not change while their dependents change (``FOR SHARE``)."""
    _execute(records, "SELECT id FROM %(table)s WHERE id IN %(ids)s ORDER BY id FOR SHARE")


def touch(records):
    """Update ``write_date``: concurrent transactions that lock the records later are retried.

    Use it where a new row changes the meaning of the records: a row that did not exist when the
    other transaction began cannot be locked by it.
    """
    _execute(
        records,
        "UPDATE %(table)s SET write_date = now() AT TIME ZONE 'UTC' WHERE id IN %(ids)s",
    )


def _execute(records, query):
    if records.ids:
        records.env.cr.execute(
            SQL(query, table=SQL.identifier(records._table), ids=tuple(records.ids)),
            log_exceptions=False,
        )
