"""``make test`` and ``make lint``."""

import os
import signal
import subprocess
import tempfile

from tools.bring_up import TESTING, alone, odoo
from tools.database import fresh
from tools.paths import ROOT, RUN
from tools.postgres import FAST, binaries
from tools.steps import cache_lock, say
from tools.venv import PYTHON, virtual_environment

DATABASE = "it_kpi_assessment_test"
TEMPLATE = "it_kpi_assessment_template"
# One process a core, each with a copy of the database; a class of tests stays in one of them.
# Small classes last would leave the slowest ones, which consist of one test, to a single core.
PROCESSES = ("-n", "logical", "--maxprocesses=4", "--dist=loadscope", "--no-loadscope-reorder")
ADDONS = sorted(
    str(path.parent.relative_to(ROOT)) for path in ROOT.glob("addons/*/__manifest__.py")
)
# Checks of the OCA that we do without, and why.
NOT_CHECKED = (
    "xml-header-wrong",  # wants UTF-8 in capitals; most of Odoo's own files have it as we do
    "xml-tag-position",  # an order of attributes that Odoo's own templates do not follow
)
LINTERS = [
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    (
        "pylint",
        *ADDONS,
        *("tools", "bench"),
        "bench/addons/kpi_stored_computes",
        "bench/load/addons/it_kpi_plain",
    ),
    # What tests write needs no translation; pylint-odoo knows that of the folder itself only.
    ("pylint", "tests", "--disable=translation-required"),
    ("oca_pre_commit_hooks.cli", f"--disable={','.join(NOT_CHECKED)}", *ADDONS),
]


def test(arguments):
    """Run pytest with ``arguments`` on a fresh database; returns its exit code."""
    folder = RUN / "test"
    with alone(folder, "test"), odoo(folder, FAST, TESTING) as brought_up:
        fresh(brought_up, DATABASE, TEMPLATE)
        options = [f"--odoo-database={DATABASE}", "--odoo-http", *PROCESSES, *arguments]
        # Chromium leaves files behind, and the path of a checkout may be too long for its sockets.
        with tempfile.TemporaryDirectory(prefix="kpi-", ignore_cleanup_errors=True) as temporary:
            variables = brought_up.variables()
            environment = {
                **variables,
                "PATH": f"{binaries()}{os.pathsep}{variables['PATH']}",  # to copy the database
                "HYPOTHESIS_STORAGE_DIRECTORY": str(RUN / "cache" / "hypothesis"),
                "TMPDIR": temporary,
            }
            return foreground([PYTHON, "-m", "pytest", *options], environment)


def lint(arguments):
    """Run every linter; fail if one of them does."""
    with cache_lock():
        virtual_environment("requirements-test")
    codes = []
    for linter in LINTERS:
        say(" ".join(linter))
        codes.append(foreground([PYTHON, "-m", *linter], None))
    return int(any(codes))


def foreground(command, environment):
    """Run ``command`` on the caller's terminal; on Ctrl-C wait until it has ended."""
    with subprocess.Popen(command, cwd=ROOT, env=environment) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.send_signal(signal.SIGINT)
            raise
        except BaseException:
            child.terminate()
            raise
