"""Copies of a row, as many as wanted, in one statement."""

from odoo.tools import SQL


def copy_row(env, table, source, count, **changes):
    """Copy a row and return the ids of the copies, in order.

    :param changes: SQL expressions by column; ``n`` in them is the number of the copy, from 1
    """
    columns = [
        name
        for [name] in env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND column_name <> 'id' ORDER BY ordinal_position",
                table,
            )
        )
    ]
    values = [SQL(changes[name]) if name in changes else SQL.identifier(name) for name in columns]
    rows = env.execute_query(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s, generate_series(1, %s) n"
            " WHERE id = %s ORDER BY n RETURNING id",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values),
            SQL.identifier(table),
            count,
            source,
        )
    )
    return [row_id for [row_id] in rows]


def pair(env, table, columns, left, right):
    """Insert pairs of ids into the table of a many-to-many field."""
    env.execute_query(
        SQL(
            "INSERT INTO %s (%s, %s) SELECT * FROM unnest(%s, %s)"
            " ON CONFLICT DO NOTHING RETURNING 1",
            SQL.identifier(table),
            *map(SQL.identifier, columns),
            left,
            right,
        )
    )
