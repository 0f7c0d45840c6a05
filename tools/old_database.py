"""``make old-database`` and ``make check-update``: the version before, and the way from it.

Both read a checkout of that version, which ``BEFORE`` names and in which ``make run SERVE=0`` was
run. ``old-database`` keeps its demonstration, slimmed, for the test of the update;
``check-update`` updates a copy of the whole of it.
"""

import json
import os
from contextlib import contextmanager
from pathlib import Path

from tools import updating
from tools.bring_up import alone, odoo
from tools.database import copy, drop
from tools.errors import SetupError
from tools.paths import ADDON, ADDONS, ROOT
from tools.postgres import FAST, binaries, clean_environment
from tools.process import run
from tools.steps import say, step

DATABASE = "it_kpi_assessment"
COPY = "it_kpi_assessment_before"
# Left out: files but for signatures, modules that are not installed, and what is a secret.
SLIM = """
DELETE FROM bus_bus;
DELETE FROM ir_attachment WHERE store_fname IS NOT NULL AND res_model IS DISTINCT FROM 'ir.ui.menu'
    AND coalesce(res_model, '') NOT LIKE 'it.kpi.%';
UPDATE ir_attachment SET store_fname = NULL, db_datas = decode(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg==',
    'base64')
WHERE store_fname IS NOT NULL;
DELETE FROM ir_model_data d USING ir_module_module m
WHERE d.model = 'ir.module.module' AND d.res_id = m.id AND m.state <> 'installed';
DELETE FROM ir_module_module WHERE state <> 'installed';
UPDATE res_users SET password = NULL;
UPDATE ir_config_parameter SET value = 'left-out' WHERE key IN ('database.secret', 'database.uuid');
"""
# Lines that only the PostgreSQL which wrote the dump understands, or that differ at every dump.
UNWANTED = ("\\restrict", "\\unrestrict", "SET transaction_timeout", "-- Dumped ")


def old_database(arguments):
    """Write the slimmed database of the checkout ``BEFORE``, and the text of its prints."""
    with _copied() as before:
        with step("Slimming the database"):
            before.connection.sql(SLIM, COPY)
        with step("Reading its prints"):
            prints = updating.read_prints(before, COPY)
        with step("Writing the dump"):
            dump = _dump(before)
    updating.BEFORE.mkdir(exist_ok=True)
    kept = {"odoo": before.tree.build(), "prints": prints}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    for path, content in ((updating.DUMP, dump), (updating.PRINTS, text)):
        path.write_bytes(updating.compress(content.encode()))
        say(f"  {path.relative_to(ROOT)}: {path.stat().st_size / 1024:.0f} KiB")
    return 0


def check_update(arguments):
    """Update a copy of the whole database of ``BEFORE``; fail if a print or a count changes."""
    with _copied() as before:
        with step("Reading its prints and counting its rows"):
            prints = updating.read_prints(before, COPY)
            counts = updating.count_rows(before, COPY)
        now = before.with_addons(ADDONS)
        now.configure()
        with step("Updating it"):
            warnings = updating.warnings(now.update(COPY, ADDON))
        with step("Reading and counting again"):
            changed = updating.differences(prints, updating.read_prints(now, COPY))
            changed += updating.differences(counts, updating.count_rows(now, COPY))
    for line in (*warnings, *changed):
        say(line)
    say(f"{len(prints)} prints, {sum(counts.values())} rows in {len(counts)} tables: ", end="")
    say(f"{len(changed)} differences, {len(warnings)} warnings")
    return int(bool(warnings or changed))


@contextmanager
def _copied():
    """An Odoo with the addons of the version before, and a copy of its demonstration."""
    checkout = _checkout()
    folder = checkout / ".run"
    with alone(folder, "run"), odoo(folder, FAST) as brought_up:
        before = brought_up.with_addons(checkout / "addons")
        before.configure()
        try:
            with step("Copying the database of the version before"):
                copy(before, DATABASE, COPY)
            yield before
        finally:
            drop(before, COPY)
            before.configure()


def _checkout():
    named = os.environ.get("BEFORE", "")
    folder = Path(named).expanduser().absolute()
    if not named or not (folder / ".run" / "postgres").is_dir():
        raise SetupError(
            "Name in BEFORE a checkout of the version before, in which make run SERVE=0 was run."
        )
    return folder


def _dump(before):
    options = ("--no-owner", "--no-privileges", "--no-comments")
    text = run(
        [binaries() / "pg_dump", *options, COPY],
        "The database cannot be dumped",
        log="pg_dump",
        env={**clean_environment(), **before.connection.variables()},
    )
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(UNWANTED))
