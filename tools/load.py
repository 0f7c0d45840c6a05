"""``make load``: many people at once, over HTTP, on a durable database of its own."""

import os
import subprocess

from tools.bring_up import Needs, alone, odoo
from tools.check import TEMPLATE, foreground
from tools.database import fresh
from tools.errors import SetupError
from tools.paths import ROOT, RUN
from tools.postgres import DURABLE
from tools.process import program
from tools.venv import PYTHON, apart

DATABASE = "it_kpi_assessment_load"
PLAIN = "it_kpi_plain"
NEEDS = Needs(("requirements-load",), addons=(ROOT / "bench" / "load" / "addons",))
USERS = "50 200"


def load(arguments):
    """Simulate as many users as ``USERS`` names; return the exit code.

    :param arguments: nothing, or which runs: ``hour``, ``crowd``, ``faults``, or one
        fault by its name, such as ``OneAgainstAll``
    """
    people = (os.environ.get("USERS") or USERS).split()
    if not all(count.isdecimal() and int(count) >= 24 for count in people):
        raise SetupError('Give USERS as numbers of people from 24 on, as make load USERS="50 200".')
    folder = RUN / "load"
    with alone(folder, "load"), odoo(folder, DURABLE, NEEDS) as brought_up:
        if not brought_up.connection.ours:
            raise SetupError(
                "make load crashes its PostgreSQL server, so it must be its own: "
                "unset PGHOST and ODOO_RC, then repeat."
            )
        fresh(brought_up, DATABASE, TEMPLATE)
        brought_up.install(DATABASE, PLAIN)
        # A crash may take a sequence that was copied with the template back to where it was then,
        # until there is a checkpoint after it.
        brought_up.connection.sql("CHECKPOINT")
        command = [PYTHON, "-m", "bench.load", DATABASE, folder, *people, *arguments]
        variables = {**brought_up.variables(), "PEOPLE": str(apart("requirements-load"))}
        return foreground([*_with_mounts(), *map(str, command)], variables)


def _with_mounts():
    """How to run a command that mounts a small disk which no other process sees."""
    user = ["--user", "--map-root-user"] if os.geteuid() else []
    command = [program("unshare"), *user, "--mount"]
    may_mount = not subprocess.run([*command, "true"], capture_output=True).returncode
    return command if may_mount else []
