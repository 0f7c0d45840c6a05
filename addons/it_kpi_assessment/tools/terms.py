"""Within which bounds a deadline is set: the units get their time, and the year its end."""

from datetime import date, datetime, timedelta

from odoo import fields

from ..const import LEAST_DAYS
from .timezone import end_of_day, get_day

SATURDAY = 5  # as ``date.weekday`` counts


def get_earliest_deadline() -> datetime:
    """Return the moment that leaves exactly the least time from now (naive, UTC)."""
    return fields.Datetime.now() + timedelta(days=LEAST_DAYS)


def get_proposed_deadline() -> datetime:
    """Return the end of the first day in China that leaves the least time (naive, UTC)."""
    return end_of_day(get_day(get_earliest_deadline()))


def get_latest_deadline(year: int) -> datetime:
    """Return the end of the year after the assessed one (naive, UTC).

    A year that is assessed late counts from today.
    """
    assessed = max(year, get_day(fields.Datetime.now()).year)
    return end_of_day(date(assessed + 1, 12, 31))


def end_of_weekdays(moment: datetime, count: int) -> datetime:
    """Return the end of the last of so many weekdays in China that follow a moment (naive, UTC).

    Holidays are decreed year by year and are not known here.
    """
    day = get_day(moment)
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return end_of_day(day)


def get_least_day() -> date:
    """Return the first day in China that leaves the least time."""
    return get_day(get_earliest_deadline())
