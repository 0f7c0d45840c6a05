"""Numbers and dates as an office writes them in Chinese."""

import re

from .timezone import get_day

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")


def numeral(number):
    """Return a whole number in Chinese, ``105`` as 一百零五; above 9999 in digits."""
    if not 0 < number < 10000:
        return str(number)
    places = zip(str(number), PLACES[len(str(number)) - 1 :: -1], strict=True)
    text = "".join(DIGITS[int(digit)] + place * (digit != "0") for digit, place in places)
    return re.sub("零+", "零", text).rstrip("零").removeprefix("一" * (10 <= number < 20))


def count(number):
    """Return a whole number as it is written before a measure word: 两个, 三名."""
    return "两" if number == 2 else numeral(number)


def date(moment):
    """Return a date, or the day in China of a naive UTC datetime, as 2025年12月9日."""
    day = get_day(moment)
    return f"{day.year}年{day.month}月{day.day}日"


def width(text):
    """Return the width of a text in characters: a letter or digit of Latin is half of one."""
    return sum(0.5 if character.isascii() else 1 for character in text)
