"""The reason of an act, which stands in the log beside it."""

from odoo.exceptions import UserError

from ..const import REASON_LENGTH
from .text import is_blank, tidy_text


def check_reason(env, reason):
    """Return the reason tidied, without white space around it.

    :raise UserError: there is none, it shows nothing, or it is too long
    """
    reason = tidy_text(reason or "").strip()
    if is_blank(reason):
        raise UserError(env._("Give a reason: it stands in the log."))
    if len(reason) > REASON_LENGTH:
        raise UserError(
            env._(
                "A reason can hold %(limit)s characters, and this text has %(length)s. Shorten it.",
                limit=REASON_LENGTH,
                length=len(reason),
            )
        )
    return reason
