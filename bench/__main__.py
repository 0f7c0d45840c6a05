"""``python -m bench DATABASE SIZE...``: take all measures on ``DATABASE_SIZE``, print the table.

The databases hold the addon and nothing else; ``make bench`` makes them. The table goes to
``docs/performance.md`` as well.
"""

import logging
import sys

from odoo.tools import config

from tools.paths import DOCS


def main(database, *sizes):
    """Measure the sizes, smallest first, and write the report."""
    sizes = sorted(map(int, sizes))
    config.parse_config(["--no-http", "--log-level=error", "-d", f"{database}_{sizes[0]}"])
    for name in ("odoo", "py.warnings"):
        logging.getLogger(name).setLevel(logging.ERROR)
    text = measure({size: f"{database}_{size}" for size in sizes})
    (DOCS / "performance.md").write_text(text)
    say(text)


def measure(databases):
    """Return the report on the databases, by size."""
    # Odoo knows where its addons are only now.
    from .bureau import Bureau
    from .machine import describe_load, describe_machine
    from .measures import MEASURES
    from .measuring import take
    from .report import write_report

    load = describe_load()
    bureaus = []
    for size, database in databases.items():
        say(f"Laying out three years of {size} units")
        bureaus.append(Bureau(database, size))
    taken = []
    for each in MEASURES:
        say(f"Measuring: {each.name}")
        taken.append(take(each, bureaus))
    return write_report(taken, [*describe_machine(bureaus[0]), load])


def say(text):
    """Show ``text`` at once."""
    print(text, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
