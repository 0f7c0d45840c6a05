"""Would other settings of PostgreSQL rank faster?"""

from statistics import median
from typing import NamedTuple

from .measures.live_ranking import LiveRanking
from .measuring import clock

# As it is, with memory that the sums by unit fit into, with more parallel workers, with none.
SETTINGS = (
    {},
    {"work_mem": "64MB"},
    {"work_mem": "256MB"},
    {"max_parallel_workers_per_gather": "4"},
    {"work_mem": "256MB", "max_parallel_workers_per_gather": "0"},
)
SPILLED = "SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()"


# Each is tried so often, in turn with the others.
TURNS = 3


class Tried(NamedTuple):
    """What the bare SQL of the ranking took with these settings, in the median."""

    settings: dict
    seconds: float
    spilled: int  # bytes that did not fit into memory and were written to disk


def try_settings(bureau, say):
    """Return what the bare SQL of the ranking takes with each of the settings."""
    query = LiveRanking(bureau).query
    turns = [[_try(bureau, query, each, say) for each in SETTINGS] for _turn in range(TURNS)]
    return [_summarize(tried) for tried in zip(*turns, strict=True)]


def _summarize(tried):
    seconds, spilled = (median(getattr(each, name) for each in tried) for name in Tried._fields[1:])
    return Tried(tried[0].settings, seconds, spilled)


def describe_settings(tried):
    """Return sentences on it."""
    return [
        f"The bare SQL of the ranking with {_name(each.settings)}: {each.seconds:.2f} s,"
        f" {each.spilled / 1024**2:,.0f} MB written to disk meanwhile."
        for each in tried
    ]


def _name(settings):
    listed = ", ".join(f"`{name} = {value}`" for name, value in settings.items())
    return listed or "the settings above"


def _try(bureau, query, settings, say):
    say(f"Ranking with {_name(settings)}")
    before = _count_spilled(bureau)
    with bureau.connection, bureau.connection.cursor() as cr:
        for name, value in settings.items():
            cr.execute("SELECT set_config(%s, %s, true)", [name, value])

        def rank():
            cr.execute(query)
            cr.fetchall()

        seconds = clock(rank)
    return Tried(settings, seconds, _count_spilled(bureau) - before)


def _count_spilled(bureau):
    """Return the bytes written so far, once the statistics of this connection are handed in."""
    with bureau.connection, bureau.connection.cursor() as cr:
        cr.execute("SELECT pg_stat_force_next_flush()")
    return bureau.fetch(SPILLED)[0][0]
