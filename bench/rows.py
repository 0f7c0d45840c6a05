"""Copies of a row, or of a user, as many as wanted, in a few statements."""

from odoo.tools import SQL


def copy_row(env, table, source, count, **changes):
    """Copy a row and return the ids of the copies, in order.

    :param changes: SQL expressions by column; ``n`` in them is the number of the copy, from 1
    """
    columns = get_columns(env, table)
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
    # Else whatever refers to them looks them up by reading all: so few there were a moment ago.
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    return [row_id for [row_id] in rows]


def get_columns(env, table):
    """Return the names of a table's columns but its id, in order."""
    rows = env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND column_name <> 'id' ORDER BY ordinal_position",
            table,
        )
    )
    return [name for [name] in rows]


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


def copy_user(env, user, count):
    """Copy a user with partner, groups, roles and company; return the ids of numbered copies."""
    name = env.cr.mogrify("%s || '-' || n", [user.login]).decode()
    partners = copy_row(env, "res_partner", user.partner_id.id, count, name=name)
    partner = f"{partners[0] if partners else 0} + n - 1"
    users = copy_row(env, "res_users", user.id, count, login=name, partner_id=partner)
    for group in user.group_ids.ids:
        pair(env, "res_groups_users_rel", ("gid", "uid"), [group] * count, users)
    pair(env, "res_company_users_rel", ("cid", "user_id"), [user.company_id.id] * count, users)
    for holding in user.it_kpi_holding_ids:
        companies, roles = [holding.company_id.id] * count, [holding.role] * count
        insert(env, "it_kpi_holding", user_id=users, company_id=companies, role=roles)
    return users


def insert(env, table, **columns):
    """Insert rows given as lists of values by column; return their ids, in order."""
    rows = env.execute_query(
        SQL(
            "INSERT INTO %s (%s) SELECT * FROM unnest(%s) RETURNING id",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(SQL("%s", values) for values in columns.values()),
        )
    )
    return [row_id for [row_id] in rows]
