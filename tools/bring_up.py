"""From a bare machine to an Odoo that commands can be run on."""

import fcntl
import shutil
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace

from tools import libraries
from tools.debian import forget_lists
from tools.errors import SetupError
from tools.odoo import Odoo
from tools.odoo_tree import odoo_tree
from tools.paths import CACHE, RUN
from tools.postgres import server
from tools.steps import cache_lock, say
from tools.venv import virtual_environment

# Gigabytes that a first run takes with what it downloads, and some to spare: in the cache, for
# programs beside Odoo, and in the checkout.
CACHE_SPACE, PROGRAMS_SPACE, RUN_SPACE = 2.5, 1, 0.5
BEFOREHAND = (
    "The first run on this machine fetches about 0.5 GB into {folder}, takes {space:g} GB of disk, "
    "and on two cores 5 to 20 minutes; the next ones begin at once."
)


@dataclass(frozen=True)
class Needs:
    """What a command needs beside Odoo."""

    packages: tuple = ()  # names of lists of Python packages
    programs: tuple = ()  # functions that fetch programs, and return the variables to find them by
    addons: tuple = ()  # folders of addons


NOTHING = Needs()
TESTING = Needs(("requirements-test", "requirements-files"), (libraries.testing,))


def nothing(_odoo):
    """Nothing to do while programs and fonts are fetched."""
    return nullcontext()


@contextmanager
def odoo(folder, database_settings, needs=NOTHING, meanwhile=nothing):
    """An ``Odoo`` with a database server that runs; what was started stops at the end.

    :param meanwhile: a function of that Odoo that returns the context manager in which programs and
        fonts are fetched: what needs none of them, and takes time
    """
    _check_space(needs)
    with cache_lock():
        tree = odoo_tree()
        virtual_environment(*needs.packages)
    with server(folder / "postgres", database_settings) as connection:
        brought_up = Odoo(tree, connection, folder, {}, needs.addons)
        brought_up.configure()
        with meanwhile(brought_up), cache_lock():
            variables = _fetch_programs(needs)
        yield replace(brought_up, extra=variables)


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


def _fetch_programs(needs):
    """Fetch what printing and ``needs`` take of the system; return the variables to find it by."""
    variables = libraries.printing()
    for programs in needs.programs:
        variables |= programs()
    forget_lists()
    return variables


def _check_space(needs):
    """Say what a first run takes, and fail at once and not in the middle of a download."""
    wanted = {}
    for folder, made, size in (
        (CACHE, "venv/.made-for", CACHE_SPACE + PROGRAMS_SPACE * len(needs.programs)),
        (RUN, "odoo.conf", RUN_SPACE),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / made).exists():
            wanted.setdefault(folder.stat().st_dev, []).append((folder, size))
    for places in wanted.values():
        folder, space = places[0][0], sum(size for _folder, size in places)
        free = shutil.disk_usage(folder).free / 1024**3
        if free < space:
            raise SetupError(
                f"Only {free:.1f} GB are free at {folder}, and {space:g} are needed: "
                "free some, then repeat."
            )
        if folder == CACHE:
            say(BEFOREHAND.format(folder=folder, space=space))
