"""Whether a database of an earlier version updates, and prints the same pages afterwards."""

import json
import lzma
import tempfile
from pathlib import Path

from tools.database import drop
from tools.paths import ROOT
from tools.postgres import binaries, clean_environment
from tools.process import run

BEFORE = ROOT / "tests" / "project" / "before"
DUMP = BEFORE / "database.sql.xz"
PRINTS = BEFORE / "prints.json.xz"
TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'it\\_kpi\\_%' ORDER BY relname
"""
# Odoo's module sms adds its field to our models or not, by the order in which both are loaded.
STRUCTURE = """
SELECT 'field ' || f.model || '.' || f.name FROM ir_model_fields f
JOIN ir_model_data d ON d.model = 'ir.model.fields' AND d.res_id = f.id
WHERE f.model LIKE 'it.kpi.%' AND d.module = 'it_kpi_assessment'
    AND f.name <> 'message_has_sms_error'
UNION ALL
SELECT 'model ' || m.model FROM ir_model m
JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
WHERE m.model LIKE 'it.kpi.%' AND d.module = 'it_kpi_assessment'
UNION ALL
SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
FROM information_schema.columns WHERE table_schema = 'public' AND table_name LIKE 'it\\_kpi\\_%'
UNION ALL
SELECT 'index ' || indexdef FROM pg_indexes WHERE tablename LIKE 'it\\_kpi\\_%'
UNION ALL
SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid::regclass::text LIKE 'it\\_kpi\\_%'
"""


def compress(content):
    """Make a file of the repository as small as can be."""
    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


def restore(odoo, path, name):
    """Make the database ``name`` from a dump that is kept."""
    drop(odoo, name)
    odoo.connection.sql(f"""CREATE DATABASE "{name}" ENCODING 'UTF8' TEMPLATE template0""")
    with tempfile.TemporaryFile() as script:
        script.write(lzma.decompress(path.read_bytes()))
        script.seek(0)
        run(
            [binaries() / "psql", "-Xq", "-v", "ON_ERROR_STOP=1", name],
            f"{path.relative_to(ROOT)} cannot be restored",
            log="restore",
            env={**clean_environment(), **odoo.connection.variables()},
            stdin=script,
        )


def warnings(log):
    """The lines of Odoo's log that name a warning or worse."""
    levels = (" WARNING ", " ERROR ", " CRITICAL ")
    return [line for line in log.splitlines() if any(level in line for level in levels)]


def count_rows(odoo, name):
    """The number of rows of each table of the addon."""
    tables = odoo.connection.sql(TABLES, name).split()
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)
    rows = odoo.connection.sql(counts, name).splitlines()
    return {table: int(count) for table, count in (row.split("|") for row in rows)}


def read_prints(odoo, name):
    """The text of each print of the published years."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prints.json"
        odoo.script(name, ROOT / "tools" / "read_prints.py", path)
        return json.loads(path.read_text())


def structure(odoo, name):
    """What the addon has in the database: fields, columns, indexes and constraints."""
    return set(odoo.connection.sql(STRUCTURE, name).splitlines())


def differences(before, after):
    """Each print or table that is not what it was, with the place where it begins to differ."""
    return [
        f"{name}: {_around(before.get(name), after.get(name))}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def _around(before, after):
    if not (isinstance(before, str) and isinstance(after, str)):
        return f"{before!r:.60} became {after!r:.60}"
    pairs = zip(before, after, strict=False)
    start = next((at for at, (old, new) in enumerate(pairs) if old != new), -1)
    begin = max(start - 20, 0) if start >= 0 else max(min(len(before), len(after)) - 20, 0)
    return f"…{before[begin : begin + 60]}… became …{after[begin : begin + 60]}…"
