"""``make bench-screens``: the measures of ``bench.screens``, on a demonstration made anew."""

from tools.bring_up import TESTING, alone, odoo
from tools.check import foreground
from tools.database import new_demonstration
from tools.paths import RUN
from tools.pictures import free_port
from tools.postgres import DURABLE
from tools.run import serving
from tools.venv import PYTHON

DATABASE = "it_kpi_assessment_screens"


def bench_screens(arguments):
    """Measure in Chromium; returns the exit code."""
    folder = RUN / "bench"
    with alone(folder, "bench"), odoo(folder, DURABLE, TESTING) as brought_up:
        new_demonstration(brought_up, DATABASE)
        port = free_port()
        with serving(brought_up, DATABASE, port):
            command = [PYTHON, "-m", "bench.screens", f"http://127.0.0.1:{port}", DATABASE]
            return foreground(command, brought_up.variables())
