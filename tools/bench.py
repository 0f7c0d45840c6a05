"""``make bench``: the measures of ``bench``, each size on a database of its own."""

import os

from tools import libraries
from tools.bring_up import Needs, alone, odoo
from tools.check import TEMPLATE, foreground
from tools.database import copy, drop, fresh
from tools.errors import SetupError
from tools.paths import ROOT, RUN
from tools.postgres import DURABLE
from tools.steps import step
from tools.venv import PYTHON

DATABASE = "it_kpi_assessment_bench"
SIZES = "20 1000 10000"
COUNTRY = "100000"
NEEDS = Needs(addons=(ROOT / "bench" / "addons",))
NEEDS_OF_RIVALS = Needs(("requirements-bench",), (libraries.calculating,), NEEDS.addons)
# What is compared with the addon in Odoo; larger bureaus would take hours.
RIVAL_MODULES = "survey,kpi_stored_computes"
MOST_UNITS_OF_RIVALS = 1000


def bench(arguments):
    """Measure the sizes that ``SIZES`` names, or one size ``ONCE``; returns the exit code."""
    once = os.environ.get("ONCE")
    sizes = (os.environ.get("SIZES") or (COUNTRY if once else SIZES)).split()
    if not all(size.isdecimal() and int(size) >= 7 for size in sizes):
        raise SetupError('Give SIZES as numbers of units from 7 on, as make bench SIZES="20 1000".')
    if once and len(sizes) != 1:
        raise SetupError("With ONCE=1 give one size, as make bench ONCE=1 SIZES=100000.")
    folder = RUN / "bench"
    needs = NEEDS if once else NEEDS_OF_RIVALS
    with alone(folder, "bench"), odoo(folder, DURABLE, needs) as brought_up:
        fresh(brought_up, DATABASE, TEMPLATE)
        return (_measure_once if once else _measure)(brought_up, sizes)


def _measure(brought_up, sizes):
    for size in sizes:
        copy(brought_up, DATABASE, f"{DATABASE}_{size}")
    _have_rivals(brought_up, sizes)
    return foreground([PYTHON, "-m", "bench", DATABASE, *sizes], brought_up.variables())


def _have_rivals(brought_up, sizes):
    """Databases for the rivals that are Odoo modules, so that they slow no other measure down."""
    template = f"{DATABASE}_rivals"
    with step("Installing what the addon is compared with"):
        copy(brought_up, TEMPLATE, template)
        brought_up.install(template, RIVAL_MODULES)
    for size in sizes:
        if int(size) <= MOST_UNITS_OF_RIVALS:
            copy(brought_up, template, f"{DATABASE}_{size}_rivals")


def _measure_once(brought_up, sizes):
    """The database is dropped at the end: that of a country has some ten gigabytes."""
    name = f"{DATABASE}_{sizes[0]}"
    copy(brought_up, DATABASE, name)
    try:
        command = [PYTHON, "-m", "bench.country", DATABASE, *sizes]
        return foreground(command, brought_up.variables())
    finally:
        drop(brought_up, name)
