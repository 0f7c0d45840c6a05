"""The databases. Each carries, as PostgreSQL's comment on it, what it was made from."""

import hashlib
import shutil
from contextlib import contextmanager

from tools.errors import SetupError
from tools.paths import ADDON, ADDONS, DEMO, RUN
from tools.process import service
from tools.steps import step

MARK = "made by it_kpi_assessment tools: "
UNFINISHED = MARK + "unfinished"
BEGUN = MARK + "begun"  # Odoo is in it, the addon is not


def demonstration(odoo, name):
    """Have the database ``name`` hold the addon and the demonstration year, as they are now."""
    wanted = MARK + sources(odoo.tree)
    found = _comment(odoo, name)
    if found == BEGUN:
        with step("Installing the addon and the demonstration year"):
            _mark(odoo, name, UNFINISHED)
            _install_demonstration(odoo, name)
    elif found in (None, UNFINISHED):
        new_demonstration(odoo, name)
    elif not found.startswith(MARK):
        raise SetupError(
            f"The server has a database {name} that is not ours: "
            "choose another name, for example make run DATABASE=it_kpi_demo."
        )
    elif found != wanted:
        with step("Updating the addons, whose sources have changed"):
            odoo.update(name, f"{ADDON},{DEMO}")
            _check_installed(odoo, name, DEMO)
    else:
        return
    _mark(odoo, name, wanted)


def new_demonstration(odoo, name):
    """Make the database ``name`` anew with the addon and its demonstration year."""
    with step("Creating the database with the demonstration year, in Chinese"):
        drop(odoo, name)
        _create(odoo, name, "template0")
        _install_demonstration(odoo, name)


def _install_demonstration(odoo, name):
    odoo.install(name, DEMO)
    _check_installed(odoo, name, DEMO)


@contextmanager
def begin_demonstration(odoo, name):
    """Install Odoo itself in a new database for ``demonstration`` while the block runs."""
    if _comment(odoo, name) not in (None, UNFINISHED):
        yield
        return
    drop(odoo, name)
    _create(odoo, name, "template0")
    log = RUN / "log" / "begin.log"
    with service(odoo.install_command(name, "mail"), log, env=odoo.variables()) as child:
        yield
        with step("Installing Odoo in a new database, in Chinese"):
            code = child.wait()
    if code:
        raise SetupError(f"Odoo cannot be installed: see {log.relative_to(RUN.parent)}, repeat.")
    _mark(odoo, name, BEGUN)


def fresh(odoo, name, template):
    """Make the database ``name`` anew with the addon and nothing else, for the tests."""
    _have_template(odoo, template)
    with step("Installing the addon in a fresh database"):
        copy(odoo, template, name)
        odoo.install(name, ADDON)
        _check_installed(odoo, name, ADDON)


def copy(odoo, template, name):
    """Have the database ``name`` be a copy of another one."""
    drop(odoo, name)
    _create(odoo, name, template)
    _copy_filestore(odoo, template, name)


def sources(tree):
    """A fingerprint of the sources of both addons and of the Odoo under them."""
    digest = hashlib.sha256(tree.version().encode())
    for path in sorted(path for addon in (ADDON, DEMO) for path in (ADDONS / addon).rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"\0{path.relative_to(ADDONS)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _have_template(odoo, template):
    """Keep a database with the addon's dependencies: the slow part of every fresh one."""
    wanted = MARK + odoo.tree.version()
    if _comment(odoo, template) == wanted:
        return
    with step("Creating the template database (base, web, mail, Chinese)"):
        drop(odoo, template)
        _create(odoo, template, "template0")
        odoo.install(template, "mail")
        _mark(odoo, template, wanted)


def _comment(odoo, name):
    """The comment on the database: none if there is no database, empty if it has no comment."""
    found = odoo.connection.sql(
        "SELECT 'comment:' || coalesce(shobj_description(oid, 'pg_database'), '')"
        f" FROM pg_database WHERE datname = '{name}'"
    )
    return found.removeprefix("comment:") if found else None


def _mark(odoo, name, text):
    odoo.connection.sql(f"""COMMENT ON DATABASE "{name}" IS '{text}'""")


def drop(odoo, name):
    """Remove the database ``name`` and its files."""
    odoo.connection.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(odoo.filestore(name), ignore_errors=True)


def _create(odoo, name, template):
    """Create the database as Odoo does, marked from its first moment."""
    collation = "LC_COLLATE 'C'" if template == "template0" else ""
    odoo.connection.sql(
        f"""CREATE DATABASE "{name}" ENCODING 'UTF8' {collation} TEMPLATE "{template}" """
    )
    _mark(odoo, name, UNFINISHED)
    odoo.connection.sql("CREATE EXTENSION IF NOT EXISTS pg_trgm", name)


def _copy_filestore(odoo, template, name):
    if odoo.filestore(template).is_dir():
        shutil.copytree(odoo.filestore(template), odoo.filestore(name))


def _check_installed(odoo, name, addon):
    """Odoo only warns about a module that it does not find."""
    statement = f"SELECT state FROM ir_module_module WHERE name = '{addon}'"
    if odoo.connection.sql(statement, name) != "installed":
        raise SetupError(f"Odoo did not install {addon}: see .run/log/odoo.log, then repeat.")
