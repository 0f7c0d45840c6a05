"""``python -m bench.load DATABASE FOLDER PEOPLE... [hour|crowd|faults|NAME]``, on a fresh database.

``make load`` makes the database, with the addon and the plain form, and calls this. The report of
all runs goes to ``docs/load.md`` as well; that of one kind is only printed.
"""

import logging
import sys
from pathlib import Path

from odoo.tools import config

from tools.paths import DOCS


def main(database, folder, *arguments):
    """Make all runs, or those of one kind, and write the report."""
    config.parse_config(["--no-http", "--log-level=error", "-d", database])
    for name in ("odoo", "py.warnings"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # Odoo knows where its addons are only now.
    from ..machine import describe_load, describe_machine
    from .programme import KINDS, make_runs
    from .report import write_report
    from .town import Town

    load = describe_load()
    people = sorted(int(each) for each in arguments if each.isdecimal())
    kinds = [each for each in arguments if not each.isdecimal()] or list(KINDS)
    say(f"Laying out a bureau of {max(people)} units")
    town = Town(database, max(people))
    runs = make_runs(town, Path(folder), people, kinds, say)
    text = write_report(runs, [*describe_machine(town), load])
    if len(kinds) == len(KINDS):
        (DOCS / "load.md").write_text(text)
    say(text)


def say(text):
    """Show ``text`` at once."""
    print(text, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
