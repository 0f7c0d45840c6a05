"""Exact arithmetic for amounts in points: Decimal instead of binary floats, rounded half-up."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, Inexact, localcontext

CENT = Decimal("0.01")


def exact(value):
    """Return the Decimal that a number field shows, e.g. ``Decimal("0.8")`` for 0.8."""
    return Decimal(str(value))


def half_up(value):
    """Return a Decimal rounded half-up to hundredths of a point (``2.125`` -> ``2.13``)."""
    return round_half_up(value, 2)


def round_half_up(value, digits):
    """Return a Decimal rounded half-up to so many digits."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def divide(number, divisor):
    """Return an exact quotient as a text: ``1.665``; an endless one is cut: ``3.2857…``."""
    with localcontext() as context:
        context.clear_flags()
        quotient = number / divisor
        if not context.flags[Inexact]:
            return plain_number(quotient)
    return f"{quotient.quantize(Decimal('0.0001'), rounding=ROUND_DOWN)}…"


def plain_number(number):
    """Return a Decimal as a text without trailing zeros: ``91.50`` as 91.5, ``100`` as 100."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_points(points):
    """Return points, or a percentage, as a text without trailing zeros and with all its cents."""
    return plain_number(exact(f"{points:.2f}"))
