"""Records that a caller of the external interface names by their id."""

from odoo.exceptions import MissingError


def get_readable(model, record_id):
    """Return the record of the model that has this id.

    :raise MissingError: there is none; also where the id is no number
    :raise AccessError: the user may not read it
    """
    record = model.browse(record_id if type(record_id) is int and record_id > 0 else ())
    if not record.exists():
        raise MissingError(
            model.env._("This record does not exist, or was deleted meanwhile. Reload the page.")
        )
    record.check_access("read")
    return record
