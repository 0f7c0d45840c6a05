"""Exact arithmetic for amounts in points: Decimal in, half-up out, never a binary float."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def exact(value):
    """Return the Decimal that a number field shows, e.g. ``Decimal("0.8")`` for 0.8."""
    return Decimal(str(value))


def half_up(value):
    """Round a Decimal half-up to hundredths of a point (``2.125`` -> ``2.13``)."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)
