"""Records that a caller of the external interface names by their id."""

from odoo.exceptions import MissingError, UserError


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


def take_each_once(records, most):
    """Return the records without those that are named again.

    :raise UserError: there are more than ``most``, which one request would take too long for
    """
    records = records.browse(dict.fromkeys(records.ids))
    if len(records) > most:
        raise UserError(
            records.env._(
                "These are %(count)s at once; %(most)s are possible. Choose fewer.",
                count=len(records),
                most=most,
            )
        )
    return records
