"""``python -m bench.screens ADDRESS DATABASE``: measure, print the table, write it to ``docs/``."""

import sys

import psycopg2

from bench.machine import describe_load, describe_machine
from bench.screens.report import write_report
from bench.screens.walk import SIZE, walk
from tools.paths import DOCS


class Database:
    """The server's settings, for ``describe_machine``."""

    def __init__(self, name):
        self.name = name

    def fetch(self, query):
        """Fetch the rows of a query."""
        with psycopg2.connect(dbname=self.name) as connection, connection.cursor() as cr:
            cr.execute(query)
            return cr.fetchall()


def main(address, database):
    """Measure and write the report."""
    machine = [*describe_machine(Database(database)), describe_load()]
    text = write_report(*walk(address), machine, SIZE)
    (DOCS / "performance-screens.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
