"""The years in the name of a file of evidence, written as a date or as a year."""

import re

# Not part of a longer number, nor of a version such as v2023.2.
_YEAR = r"(?<![\dvV.])(?P<{name}>20\d\d)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_PATTERNS = (
    # 2024年, 2024年度; not 2023年第4号 (a document's number), not 2023年修订 (an edition)
    _YEAR.format(name="chinese") + r"年(?!度?\s*第?\s*\d+\s*号)(?!度?\s*(?:修订|修正|版))",
    # 20240305, also with the time of day that phones append: 20240305101010
    _YEAR.format(name="compact") + _MONTH + _DAY + r"(?:\d{6})?(?!\d)",
    # 2024-03, 2024.3.5, 2024_03_05; not 2023-4号
    _YEAR.format(name="separated") + r"[-._/](?:0?[1-9]|1[0-2])(?!\d)(?!\s*号)",
)
_DATES = re.compile("|".join(_PATTERNS))


def find_years(name):
    """Return the set of years of all dates in a file's name, also an empty one.

    ``〔2023〕4号`` is the number of a document and not a date.
    """
    return {int(next(filter(None, match.groups()))) for match in _DATES.finditer(name or "")}
