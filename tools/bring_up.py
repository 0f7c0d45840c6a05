"""From a bare machine to an Odoo that commands can be run on."""

import fcntl
import shutil
from contextlib import contextmanager
from dataclasses import dataclass

from tools import libraries
from tools.errors import SetupError
from tools.odoo import Odoo
from tools.odoo_tree import odoo_tree
from tools.paths import CACHE, RUN
from tools.postgres import server
from tools.steps import cache_lock
from tools.venv import virtual_environment

NEEDED_SPACE = 2 * 1024**3


@dataclass(frozen=True)
class Needs:
    """What a command needs beside Odoo."""

    packages: tuple = ()  # names of lists of Python packages
    programs: tuple = ()  # functions that fetch programs, and return the variables to find them by
    addons: tuple = ()  # folders of addons


NOTHING = Needs()
TESTING = Needs(("requirements-test", "requirements-files"), (libraries.testing,))


@contextmanager
def odoo(folder, database_settings, needs=NOTHING):
    """An ``Odoo`` with a database server that runs; what was started stops at the end."""
    tree, variables = _download(needs)
    with server(folder / "postgres", database_settings) as connection:
        brought_up = Odoo(tree, connection, folder, variables, needs.addons)
        brought_up.configure()
        yield brought_up


@contextmanager
def alone(folder, name):
    """Keep a second ``make`` of the same kind out of the checkout's state."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"make {name} is already running in this checkout: stop it, then repeat."
            raise SetupError(message) from None
        yield


def _download(needs):
    _check_space()
    with cache_lock():
        tree = odoo_tree()
        virtual_environment(*needs.packages)
        variables = libraries.printing()
        for programs in needs.programs:
            variables |= programs()
    return tree, variables


def _check_space():
    """Fail at once, with a sentence, and not in the middle of a download."""
    for folder in (CACHE, RUN):
        folder.mkdir(parents=True, exist_ok=True)
        made = (folder / "odoo.conf").exists() or (folder / "venv").exists()
        free = shutil.disk_usage(folder).free
        if not made and free < NEEDED_SPACE:
            raise SetupError(
                f"Only {free / 1024**3:.1f} GB are free at {folder}: free 2 GB, then repeat."
            )
