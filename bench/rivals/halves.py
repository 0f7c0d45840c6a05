"""Rounding without fractions, for what knows no exact decimals."""


def half_up(amounts, counts):
    """Return quotients of whole numbers, one or many, as whole numbers."""
    return (2 * amounts + counts) // (2 * counts)
