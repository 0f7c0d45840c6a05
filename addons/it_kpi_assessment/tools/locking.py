"""Row locks that wait: of two people at once one comes first, and the other finds what he left.

A row that somebody changed since this transaction began cannot be locked: PostgreSQL then
refuses, Odoo begins the request again, and all checks see the new state.
"""

from odoo.tools import SQL


def lock(records):
    """Lock records that are about to change."""
    _lock(records, SQL("FOR UPDATE"))


def share(records):
    """Lock records that must stay as they are while something hanging on them changes."""
    _lock(records, SQL("FOR SHARE"))


def touch(records):
    """Mark records as changed, so that who began before and locks them later begins again.

    It serves where a new row changes their meaning: a row that did not exist cannot be locked.
    """
    if records.ids:
        records.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = now() AT TIME ZONE 'UTC' WHERE id IN %s",
                SQL.identifier(records._table),
                tuple(records.ids),
            ),
            log_exceptions=False,
        )


def _lock(records, strength):
    if records.ids:
        records.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id IN %s ORDER BY id %s",
                SQL.identifier(records._table),
                tuple(records.ids),
                strength,
            ),
            log_exceptions=False,  # a refusal is not an error: the request begins again
        )
