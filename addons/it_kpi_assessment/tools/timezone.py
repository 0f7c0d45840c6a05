"""The regulation's time zone: deadlines and log entries are shown in China's time to every user."""

from datetime import datetime, time

import pytz

TIMEZONE = pytz.timezone("Asia/Shanghai")


def format_moment(moment):
    """Return a naive UTC datetime in China's time, ``2026-12-15 23:59``; an empty text for none."""
    return _to_china(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def get_day(value):
    """Return the day in China of a naive UTC datetime; a date, or an empty value, unchanged."""
    return _to_china(value).date() if isinstance(value, datetime) else value


def end_of_day(day):
    """Return the last second of a day in China, as a naive UTC datetime."""
    local = TIMEZONE.localize(datetime.combine(day, time(23, 59, 59)))
    return local.astimezone(pytz.utc).replace(tzinfo=None)


def _to_china(moment):
    return pytz.utc.localize(moment).astimezone(TIMEZONE)
