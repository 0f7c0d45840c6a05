"""``make translations``: bring the addons' translations up to their sources."""

from tools.bring_up import alone, odoo
from tools.check import DATABASE, TEMPLATE
from tools.database import fresh
from tools.paths import ADDON, ADDONS, DEMO, ROOT, RUN
from tools.postgres import FAST
from tools.process import run
from tools.steps import say, step
from tools.venv import PYTHON


def translations(arguments):
    """Export the terms, merge them into the translations; fail if one has no translation."""
    folder = RUN / "test"
    with alone(folder, "test"), odoo(folder, FAST) as brought_up:
        fresh(brought_up, DATABASE, TEMPLATE)
        with step("Exporting the terms"):
            _export(brought_up, ADDON)
            brought_up.install(DATABASE, DEMO)
            _export(brought_up, DEMO)
    untranslated = [addon for addon in (ADDON, DEMO) if _merge(addon)]
    return int(bool(untranslated))


def _files(addon):
    folder = ADDONS / addon / "i18n"
    return folder / f"{addon}.pot", folder / "zh_CN.po"


def _export(brought_up, addon):
    template, _translation = _files(addon)
    options = ("i18n", "export", "-d", DATABASE, "-l", "pot", "-o", template)
    command = brought_up.command(*options, addon)
    failure = f"Odoo cannot export the terms of {addon}: mend its sources, then repeat"
    run(command, failure, log="odoo", env=brought_up.variables())


def _merge(addon):
    """Merge the terms; show and return those that have no translation."""
    template, translation = _files(addon)
    script = ROOT / "tools" / "merge_translations.py"
    failure = f"{translation.relative_to(ROOT)} cannot be read: mend it, then repeat"
    command = [PYTHON, script, template, translation]
    untranslated = run(command, failure, log="merge_translations")
    if untranslated:
        say(f"Translate in {translation.relative_to(ROOT)}:\n{untranslated}", end="")
    return untranslated
