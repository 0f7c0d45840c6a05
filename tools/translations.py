"""``make translations``: bring the addon's translations up to its sources."""

from tools.bring_up import alone, odoo
from tools.check import DATABASE, TEMPLATE
from tools.database import fresh
from tools.paths import ADDON, ADDONS, ROOT, RUN
from tools.postgres import FAST
from tools.process import run
from tools.steps import say, step
from tools.venv import PYTHON

FOLDER = ADDONS / ADDON / "i18n"
POT = FOLDER / f"{ADDON}.pot"
PO = FOLDER / "zh_CN.po"


def translations(arguments):
    """Export the terms, merge them into the translation; fail if one has no translation."""
    folder = RUN / "test"
    with alone(folder, "test"), odoo(folder, FAST) as brought_up:
        fresh(brought_up, DATABASE, TEMPLATE)
        with step("Exporting the terms"):
            _export(brought_up)
    untranslated = _merge()
    if untranslated:
        say(f"Translate in {PO.relative_to(ROOT)}:\n{untranslated}", end="")
    return int(bool(untranslated))


def _export(brought_up):
    options = ("i18n", "export", "-d", DATABASE, "-l", "pot", "-o", POT)
    command = brought_up.command(*options, ADDON)
    failure = "Odoo cannot export the addon's terms: mend its sources, then repeat"
    run(command, failure, log="odoo", env=brought_up.variables())


def _merge():
    script = ROOT / "tools" / "merge_translations.py"
    failure = f"{PO.relative_to(ROOT)} cannot be read: mend it, then repeat"
    return run([PYTHON, script, POT, PO], failure, log="merge_translations")
