"""Field types of the addon."""

from decimal import ROUND_DOWN, InvalidOperation

from odoo import fields
from odoo.exceptions import ValidationError

from .decimals import CENT, exact, plain_number


class Percent(fields.Float):
    """A percentage with two decimals that can be empty: 0 % is a measurement, not its absence.

    An empty one reads as False. Digits beyond hundredths are cut off, never rounded up: 99.999 %
    does not reach a threshold of 100 %. A value that is no number raises a ValidationError.
    """

    _digits = (6, 2)
    aggregator = None

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False or value == "":
            return None
        try:
            number = exact(value).quantize(CENT, rounding=ROUND_DOWN)
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise ValidationError(record.env._("“%s” is no percentage.", value))
        return float(number)

    def convert_to_column(self, value, record, values=None, validate=True):
        number = self.convert_to_cache(value, record, validate)
        return None if number is None else f"{number:.2f}"

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if value is False else value


def format_percent(value):
    """Return a percentage without trailing zeros: ``85 %``, ``99.5 %``."""
    return f"{plain_number(exact(f'{value:.2f}'))} %"
