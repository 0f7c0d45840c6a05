"""The table of ``make bench-screens``."""

from statistics import median, quantiles

from bench.report import MET, format_seconds, tabulate

HEAD = """\
# How long people wait at the screen

Written by `make bench-screens`: the demonstration year in Chromium at {size} pixels, by the
browser's own clock, from the time stamp of the click (or the beginning of the page) to the end of
the frame that shows what was waited for. Pages are loaded by who has loaded one before; server,
database (durable) and browser share the machine. The goal is for the median.

"""
HEADS = ("what", "times", "median", "95th percentile", "goal", "")
CALLS = """
## What the clicks sent

{clicks} clicks on another mark of a line, one after the other:

"""
WHY = {
    "web_save": "the mark: one line a request",
    "web_search_read": "what others marked, every ten seconds",
}


def write_report(times, calls, machine, size):
    """Return the report on ``Times`` and on the count of calls by method, as Markdown."""
    clicks = len(times[-1].taken)
    return "\n".join(
        [
            HEAD.format(size="{} x {}".format(*size))
            + "\n".join(f"- {sentence}" for sentence in machine),
            "",
            *tabulate(HEADS, map(get_row, times)),
            CALLS.format(clicks=clicks),
            *tabulate(("method", "requests", "a click", "for"), get_call_rows(calls, clicks)),
            "",
        ]
    )


def get_row(times):
    """Return the row of one thing."""
    middle = median(times.taken)
    return (
        times.name,
        len(times.taken),
        format_seconds(middle / 1000),
        format_seconds(quantiles(times.taken, n=20, method="inclusive")[-1] / 1000),
        f"≤ {times.goal} ms" if times.goal else "",
        MET[middle <= times.goal if times.goal else None],
    )


def get_call_rows(calls, clicks):
    """Yield a row for each method that was called."""
    for method, count in calls.most_common():
        yield (method, count, f"{count / clicks:.2f}", WHY.get(method, ""))
