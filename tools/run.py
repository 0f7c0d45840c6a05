"""``make run``: the demonstration, from nothing to a page to log in to; ``make shell``."""

import errno
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from functools import partial

from tools import steps
from tools.bring_up import alone, odoo
from tools.database import begin_demonstration, demonstration, sources
from tools.errors import SetupError
from tools.paths import OUT, ROOT, RUN
from tools.postgres import DURABLE
from tools.process import service
from tools.steps import say, step

LOG = RUN / "log" / "server.log"
LOGINS = [
    ("reporter", "fills in a unit's form"),
    ("leader", "signs and submits a unit's form"),
    ("assessor", "visits units and fills their surveys"),
    ("head", "heads the assessment group, confirms and approves"),
    ("division", "runs the assessment and publishes"),
    ("leadership", "the bureau's leadership, reads"),
    ("admin", "administers the system"),
]


def run(arguments):
    """Start everything, write the files in ``out``, and serve unless ``SERVE=0``."""
    port = _number("PORT", 8069)
    serving = os.environ.get("SERVE", "1") != "0"
    with alone(RUN, "run"):
        if serving:
            _check_port(port)
        with _odoo() as (brought_up, database):
            if serving:
                return _serve(brought_up, database, port)
            _write_outputs(brought_up, database)
    return 0


def shell(arguments):
    """Odoo's shell on the demonstration's database; standard output is the script's alone."""
    steps.stream = sys.stderr
    with _odoo() as (brought_up, database):
        return brought_up.shell(database)


@contextmanager
def _odoo():
    """Odoo, and the name of the database that holds the demonstration."""
    database = os.environ.get("DATABASE") or "it_kpi_assessment"
    begin = partial(begin_demonstration, name=database)
    with odoo(RUN, DURABLE, meanwhile=begin) as brought_up:
        demonstration(brought_up, database)
        yield brought_up, database


def _number(variable, default):
    value = os.environ.get(variable) or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise SetupError(f"{variable}={value} is no port: give a number from 1 to 65535.")
    return int(value)


def _check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = "is taken" if error.errno == errno.EADDRINUSE else "may not be used"
            raise SetupError(
                f"Port {port} {reason}: choose another, for example make run PORT={port + 1}."
            ) from None


def _write_outputs(brought_up, database):
    with step(f"Writing the forms and the results to {OUT.relative_to(ROOT)}/"):
        script = ROOT / "tools" / "write_outputs.py"
        brought_up.script(database, script, OUT, sources(brought_up.tree))
    for path in sorted(OUT.glob("[!.]*")):
        say(f"  {path.relative_to(ROOT)}")


@contextmanager
def serving(brought_up, database, port):
    """A server that answers at ``port``, and stops with the block."""
    command = brought_up.command(
        *("-d", database, f"--db-filter=^{database}$", "--no-database-list"),
        f"--http-port={port}",
    )
    with service(command, LOG, env=brought_up.variables()) as server:
        with step("Starting Odoo"):
            _await_page(server, f"http://127.0.0.1:{port}/web/login")
        yield server


def _serve(brought_up, database, port):
    """Serve at once, write the files meanwhile, and go on until Ctrl-C; return the exit code.

    It is 0 if the files were written before, else that of an interruption or a failure.
    """
    code = 0
    with serving(brought_up, database, port) as server:
        _tell(port)
        try:
            _write_outputs(brought_up, database)
        except SetupError as error:  # the pages can be used without the files
            say(f"{error} The server goes on.")
            code = 1
        try:
            server.wait()
        except KeyboardInterrupt:
            say("\nStopped.")
            return code
    raise SetupError(f"Odoo has ended by itself: see {LOG.relative_to(ROOT)}, then repeat.")


def _await_page(server, address):
    failure = f"Odoo does not answer: see {LOG.relative_to(ROOT)}, then repeat."
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < deadline:
        try:
            opener.open(address, timeout=60).close()
            return
        except urllib.error.HTTPError as error:
            raise SetupError(failure) from error
        except OSError:
            time.sleep(0.2)
    raise SetupError(failure)


def _tell(port):
    say(f"\nOpen http://127.0.0.1:{port} and log in; each password is the same as the login:")
    for login, role in LOGINS:
        say(f"  {login:<12}{role}")
    say(f"Odoo writes its log to {LOG.relative_to(ROOT)}. Ctrl-C stops everything.")
