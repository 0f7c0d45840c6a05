"""Reading the rows of an uploaded sheet: what it holds is read, or refused with the reason.

Every reader of workbooks takes its rows from here, so that none of them leaves out what lies below
its last row or beyond its last column without saying so.
"""

from openpyxl.cell.read_only import EMPTY_CELL

from odoo.exceptions import UserError

LAST_ROW = 1_048_576  # of a sheet in Excel and WPS: a file may name rows that no sheet has


def read_rows(env, sheet, most_rows, most_columns, is_wide_allowed=False):
    """Return the rows of a sheet, from the first one, as tuples of so many cells.

    What lies beyond is only looked at: blank cells, which some programs write, are no reason to
    refuse.

    :param sheet: of a workbook that ``open_workbook`` opened
    :param bool is_wide_allowed: columns beyond the last one are notes, which nobody reads
    :raise UserError: there are values below the last row or beyond the last column, or the sheet
        cannot be read
    """
    try:
        sheet.reset_dimensions()  # what a file states of its size is not what it holds
        found = sheet.iter_rows(1, LAST_ROW)
        rows, is_long, is_wide = _read(found, most_rows, most_columns, is_wide_allowed)
    except Exception as error:  # the library raises many types
        raise UserError(env._("The sheet %s is damaged.", sheet.title)) from error
    values = {"sheet": sheet.title}
    if is_long:
        raise UserError(
            env._("The sheet %(sheet)s has more than %(most)s rows.", most=most_rows, **values)
        )
    if is_wide:
        raise UserError(
            env._(
                "The sheet %(sheet)s has more than %(most)s columns.", most=most_columns, **values
            )
        )
    return rows


def _read(found, most_rows, width, is_wide_allowed):
    """Return the first rows, and whether there are values below them, or beside them."""
    rows = []
    for row in found:
        if len(rows) == most_rows:
            if _has_value(row):
                return rows, True, False
        else:
            if not is_wide_allowed and _has_value(row[width:]):
                return rows, False, True
            rows.append((*row[:width], *(EMPTY_CELL,) * (width - len(row))))
    return rows, False, False


def _has_value(cells):
    return any(cell.value is not None for cell in cells)


def list_errors(env, errors, most):
    """Return errors as a text, a line each; of many the first ones, and how many more there are."""
    lines = errors[:most]
    if len(errors) > most:
        lines = [*lines, env._("And %s more.", len(errors) - most)]
    return "\n".join(lines)
