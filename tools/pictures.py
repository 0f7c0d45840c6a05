"""``make pictures``: the pictures of ``docs``, taken from a demonstration made anew."""

import shutil
import socket

from tools.bring_up import TESTING, alone, odoo
from tools.database import new_demonstration
from tools.paths import ADDON, ADDONS, DOCS, RUN
from tools.postgres import FAST
from tools.process import run
from tools.run import serving
from tools.steps import step
from tools.venv import PYTHON

DATABASE = "it_kpi_assessment_pictures"
# The pictures that the addon's page in the list of apps shows too.
SHOWN = ("images/self-assessment", "manual/images/pictures-ranking")


def pictures(arguments):
    """Take all pictures, or those whose names begin with one of ``arguments``."""
    folder = RUN / "test"
    with alone(folder, "test"), odoo(folder, FAST, TESTING) as brought_up:
        new_demonstration(brought_up, DATABASE)
        port = free_port()
        with serving(brought_up, DATABASE, port), step("Taking the pictures"):
            _take(brought_up, f"http://127.0.0.1:{port}", arguments)
    copy_shown()
    return 0


def _take(brought_up, address, names):
    command = [PYTHON, "-B", "-m", "tools.take_pictures", address, *names]
    failure = "A picture cannot be taken: mend tools/picture_list.py, then repeat"
    run(command, failure, log="take_pictures", env=brought_up.variables())


def copy_shown():
    """Copy pictures into the addon, which is installed without the folder ``docs``."""
    for name in SHOWN:
        shutil.copy(DOCS / f"{name}.png", ADDONS / ADDON / "static" / "description")


def free_port():
    """Return a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
