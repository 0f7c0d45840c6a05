"""``python -m bench.country DATABASE SIZE``: a bureau the size of a country, measured once.

It takes minutes and gigabytes, so it is no part of every run, and its report is a file of its own,
``docs/performance-country.md``.
"""

import sys

from tools.paths import DOCS

from .report import COUNTRY, COUNTRY_HEAD, write_report
from .starting import say, start


def main(database, size):
    """Measure the bureau once and write the report, anew after every step: it takes an hour."""
    start(f"{database}_{size}")
    for text in measure(f"{database}_{size}", int(size)):
        (DOCS / COUNTRY).write_text(text)
    say(text)


def measure(database, size):
    """Yield the report on the database as far as it goes, after every step."""
    # Odoo knows where its addons are only now.
    from .bureau import FILED, FILLING, Bureau
    from .history import describe, rank_among_years
    from .machine import describe_load, describe_machine
    from .measures import OF_A_COUNTRY, OF_A_FILED_COUNTRY
    from .measuring import MOST_RUNS, take
    from .settings import describe_settings, try_settings

    load = describe_load()
    say(f"Laying out a year of {size} units")
    bureau = Bureau(database, size, say, years=[FILED])
    machine, taken, history, tried = [*describe_machine(bureau), load], [], [], []

    def write():
        return write_report(taken, machine, history=history, settings=tried, head=COUNTRY_HEAD)

    def take_each(measures):
        for each in measures:
            say(f"Measuring: {each.name}")
            taken.append(take(each, [bureau], MOST_RUNS if each.is_flat else 1))
            yield write()

    yield from take_each(OF_A_FILED_COUNTRY)
    tried += describe_settings(try_settings(bureau, say))
    yield write()
    history += describe(rank_among_years(bureau, say))
    yield write()
    say("Laying out a year to be filled in")
    bureau.make_year(FILLING)
    bureau.maintain()
    yield from take_each(OF_A_COUNTRY)


if __name__ == "__main__":
    main(*sys.argv[1:])
