"""``python -m bench.country DATABASE SIZE``: a bureau the size of a country, measured once.

It takes minutes and gigabytes, so it is no part of every run, and its report is a file of its own,
``docs/performance-country.md``.
"""

import sys

from tools.paths import DOCS

from .starting import say, start


def main(database, size):
    """Measure the bureau once and write the report."""
    start(f"{database}_{size}")
    text = measure(f"{database}_{size}", int(size))
    (DOCS / "performance-country.md").write_text(text)
    say(text)


def measure(database, size):
    """Return the report on the database."""
    # Odoo knows where its addons are only now.
    from .bureau import Bureau
    from .history import describe, rank_among_years
    from .machine import describe_load, describe_machine
    from .measures import OF_A_COUNTRY
    from .measuring import MOST_RUNS, take
    from .report import COUNTRY_HEAD, write_report

    load = describe_load()
    say(f"Laying out three years of {size} units")
    bureau = Bureau(database, size, say)
    taken = []
    for each in OF_A_COUNTRY:
        say(f"Measuring: {each.name}")
        taken.append(take(each, [bureau], MOST_RUNS if each.is_flat else 1))
    history = describe(rank_among_years(bureau, say))
    machine = [*describe_machine(bureau), load]
    return write_report(taken, machine, history=history, head=COUNTRY_HEAD)


if __name__ == "__main__":
    main(*sys.argv[1:])
