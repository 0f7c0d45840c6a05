"""Exact arithmetic for amounts in points: Decimal instead of binary floats, rounded half-up."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def exact(value):
    """Return the Decimal that a number field shows, e.g. ``Decimal("0.8")`` for 0.8."""
    return Decimal(str(value))


def half_up(value):
    """Return a Decimal rounded half-up to hundredths of a point (``2.125`` -> ``2.13``)."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def plain_number(number):
    """Return a Decimal as a text without trailing zeros: ``91.50`` as 91.5, ``100`` as 100."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
