"""The members of the assessment group as they sign below 附件3: each on a line, with the date."""

from typing import NamedTuple

from ..tools import chinese

BLANK_LINES = 4  # of a form that nobody is assigned to
OPEN_DATE = "　　年　　月　　日"


class Signer(NamedTuple):
    """A member on the paper; who has not signed has a line and an open date."""

    name: str
    date: str
    signature: bytes | None = None
    is_head: bool = False
    is_lost: bool = False


def get_signers(form):
    """Return the ``Signer`` of each member of a survey, or blank lines for a form without one."""
    if not form:
        return [Signer("", OPEN_DATE)] * BLANK_LINES
    signatures = form.signature_ids
    signed = [
        Signer(
            row.name,
            chinese.date(row.signed_at),
            row.signature,
            row.is_head,
            row._is_signature_lost("signature"),
        )
        for row in signatures
    ]
    unsigned = form.sudo().assessor_ids - form.sudo().signature_ids.user_id
    lines = [*signed, *(Signer(user.name, OPEN_DATE) for user in unsigned)]
    return lines or [Signer("", OPEN_DATE)] * BLANK_LINES
