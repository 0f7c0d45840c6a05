"""The regulation's time: deadlines and log entries are told in China's, whoever reads them."""

from datetime import datetime

import pytz

TIMEZONE = pytz.timezone("Asia/Shanghai")


def format_moment(moment):
    """Return a naive UTC datetime as China's clock shows it: ``2026-12-15 23:59``."""
    return pytz.utc.localize(moment).astimezone(TIMEZONE).strftime("%Y-%m-%d %H:%M")


def get_day(value):
    """Return the day of a naive UTC datetime in China; a date is that day already."""
    if not isinstance(value, datetime):
        return value
    return pytz.utc.localize(value).astimezone(TIMEZONE).date()
