"""What every run begins with."""

import logging
import time

from odoo.tools import config

STARTED = time.monotonic()


def start(database):
    """Have Odoo read its configuration; its own messages would only break the progress."""
    config.parse_config(["--no-http", "--log-level=error", "-d", database])
    for name in ("odoo", "py.warnings"):
        logging.getLogger(name).setLevel(logging.ERROR)


def say(text):
    """Show ``text`` at once, with the minutes that have passed before a line of progress."""
    passed = "" if "\n" in text else f"{(time.monotonic() - STARTED) / 60:5.1f} min  "
    print(f"{passed}{text}", flush=True)
