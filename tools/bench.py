"""``make bench``: the measures of ``bench``, each size on a database of its own."""

import os

from tools.bring_up import alone, odoo
from tools.check import TEMPLATE, foreground
from tools.database import copy, fresh
from tools.errors import SetupError
from tools.paths import RUN
from tools.postgres import DURABLE
from tools.venv import PYTHON

DATABASE = "it_kpi_assessment_bench"
SIZES = "20 1000 10000"


def bench(arguments):
    """Measure the sizes that ``SIZES`` names; returns the exit code."""
    sizes = (os.environ.get("SIZES") or SIZES).split()
    if not all(size.isdecimal() and int(size) >= 7 for size in sizes):
        raise SetupError('Give SIZES as numbers of units from 7 on, as make bench SIZES="20 1000".')
    folder = RUN / "bench"
    with alone(folder, "bench"), odoo(folder, DURABLE) as brought_up:
        fresh(brought_up, DATABASE, TEMPLATE)
        for size in sizes:
            copy(brought_up, DATABASE, f"{DATABASE}_{size}")
        command = [PYTHON, "-m", "bench", DATABASE, *sizes]
        return foreground(command, brought_up.variables())
