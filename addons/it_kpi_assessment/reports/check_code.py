"""核验码 on paper: the code, and the QR code of the page without a login."""

from typing import NamedTuple

from .pictures.qr_code import draw_qr_code

PAGE = "/it_kpi/check"


class Check(NamedTuple):
    """What a paper prints of its verification code."""

    code: str  # in groups of four
    page: str  # address of the page that asks for it
    size: int  # of the QR code, in modules
    path: str


def draw_check(base_url, code):
    """Return the ``Check`` of a code in groups of four."""
    page = f"{base_url}{PAGE}"
    return Check(code, page, *draw_qr_code(f"{page}/{code.replace('-', '')}"))
