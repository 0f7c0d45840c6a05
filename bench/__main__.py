"""``python -m bench DATABASE SIZE...``: take all measures on ``DATABASE_SIZE``, print the tables.

The databases hold the addon and nothing else; ``make bench`` makes them. For the rivals that are
modules of Odoo there is ``DATABASE_SIZE_rivals`` as well. The tables go to ``docs/performance.md``.
"""

import sys

from tools.paths import DOCS

from .report import recall_country, write_report
from .starting import say, start


def main(database, *sizes):
    """Measure the sizes, smallest first, and write the report."""
    sizes = sorted(map(int, sizes))
    start(f"{database}_{sizes[0]}")
    text = measure({size: f"{database}_{size}" for size in sizes})
    (DOCS / "performance.md").write_text(text)
    say(text)


def measure(databases):
    """Return the report on the databases, by size."""
    # Odoo knows where its addons are only now.
    from .bureau import Bureau
    from .history import describe, rank_among_years
    from .machine import describe_load, describe_machine
    from .measures import MEASURES
    from .measuring import take
    from .rivals.all import RIVALS

    load = describe_load()
    bureaus = []
    for size, database in databases.items():
        say(f"Laying out three years of {size} units")
        bureaus.append(Bureau(database, size))
    rivals, taken = [], []
    for each in RIVALS:
        say(f"Measuring what a user would pick: {each.name}")
        rivals.append(take(each, bureaus))
    for each in MEASURES:
        say(f"Measuring: {each.name}")
        taken.append(take(each, bureaus))
    history = describe(rank_among_years(bureaus[-1], say)) + recall_country()
    return write_report(taken, [*describe_machine(bureaus[0]), load], rivals, history)


if __name__ == "__main__":
    main(*sys.argv[1:])
