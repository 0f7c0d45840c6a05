"""Every place can be guessed: where a file lies, what it is named after and what it imports.

The sources are read, not run. ``docs/architecture.md`` says why they are laid out like this.
"""

import re
from collections import defaultdict

from odoo.tests import BaseCase, tagged

from ..helpers.sources import (
    ADDONS,
    find_circle,
    find_imports,
    read_addons,
    read_other_remarks,
    read_tests,
)

ADDON = "it_kpi_assessment"
MOST_FILES = 20  # in a folder
MOST_LINES = 350  # in a file
MOST_LINES_OF_A_FUNCTION = 30

# From below to above: each may import what lies below it, nothing beside it and nothing above it.
ORDER = (
    {"const"},
    {"tools"},
    {"award", "calibration"},
    {"printing", "workbook"},
    {"offline", "archive", "proof", "review"},
    {"roster"},
    {"models.role"},
    {"models.mixins"},
    {"models.rubric"},
    {"models.cycle"},
    {"models.form"},
    {"models.signing"},
    {"models.withdrawal"},
    {"models.incident"},
    {"models.score"},
    {"models.publication"},
    {"models.proof"},
    {
        *("models.objection", "models.award", "models.calibration"),
        *("models.rectification", "models.review"),
    },
    {"models.document"},
    {"models.duty", "models.dashboard", "models.job"},
    {"models.archive"},
    {"models.start"},
    {"models", "models.mail"},  # the files that change models of Odoo
    {"reports", "wizards"},
    {"controllers", "migrations"},
)
LEVELS = {part: level for level, parts in enumerate(ORDER) for part in parts}
UNKNOWN = len(ORDER)  # what lies in no chapter has a test of its own

# Wordings of docstrings and comments for which Odoo and PostgreSQL have a word.
WORDS = {
    r"\b(hangs?|hung|hanging) on\b": "depends on, dependents",
    r"\b(begin|begins|began|begun) again\b": "is retried",
    r"\bwho(m|se)?ever\b": "the user, the reporter, callers",
    r"\bwho (began|comes (first|second))\b": "a concurrent transaction",
    r"\bwaits? for whom\b": "duties",
    r"\b(is|are|was|were) at work on\b": "edits",
    r"\bheal(s|ed|ing)?\b": "resync",
    r"\bshea(f|ves)\b": "batch",
    r"\bby hand\b": "manually",
    r"\bthe own\b": "their own",
    r"\b(he|him|his|himself)\b": "they, them, their",
}


def _get_part(source):
    """Return what a file of the addon belongs to; the files of Odoo's models to ``models``."""
    parts = source.name.split(".")[1:]
    length = 2 if parts[0] == "models" and (len(parts) > 2 or source.is_package) else 1
    return ".".join(parts[:length])


def _read_addon():
    """Return the files of the addon, without those that only load its folders in their order."""
    loading = {ADDON, f"{ADDON}.__manifest__", f"{ADDON}.models"}
    return [
        source
        for source in read_addons()
        if source.name.startswith(ADDON + ".") and source.name not in loading
    ]


def _read_model_files():
    """Return the files of the models folders of all addons."""
    return [
        source for source in read_addons() if ".models." in source.name and not source.is_package
    ]


@tagged("post_install", "-at_install")
class TestHouse(BaseCase):
    def assertNowhere(self, places, message):
        """Fail with one line a place."""
        if places:
            self.fail(f"{message}\n" + "\n".join(places))

    def test_a_folder_can_be_looked_through(self):
        folders = defaultdict(int)
        for source in read_addons() + read_tests():
            folders[source.place.rpartition("/")[0]] += 1
        large = [f"{folder}: {n} files" for folder, n in folders.items() if n > MOST_FILES]
        self.assertNowhere(large, f"More than {MOST_FILES} Python files in a folder:")

    def test_a_file_has_one_subject(self):
        lines = [(source.place, source.text.count("\n")) for source in read_addons()]
        long = [f"{place}: {n} lines" for place, n in lines if n > MOST_LINES]
        self.assertNowhere(long, f"More than {MOST_LINES} lines in a file:")

    def test_a_function_fits_on_a_screen(self):
        long = [
            f"{source.place}:{line} {name}: {length} lines"
            for source in read_addons()
            for name, line, length in source.functions
            if length > MOST_LINES_OF_A_FUNCTION
        ]
        self.assertNowhere(long, f"More than {MOST_LINES_OF_A_FUNCTION} lines in a function:")

    def test_every_file_lies_in_a_known_chapter(self):
        """A new chapter gets its place in the order above."""
        sources = _read_addon()
        self.assertGreater(len(sources), 100)
        unknown = [source.place for source in sources if _get_part(source) not in LEVELS]
        self.assertNowhere(unknown, "In no chapter of the order:")

    def test_no_import_runs_upwards(self):
        wrong = []
        for source, target, line in find_imports(_read_addon()):
            own, other = _get_part(source), _get_part(target)
            if own != other and LEVELS.get(own, UNKNOWN) <= LEVELS.get(other, 0):
                wrong.append(f"{source.place}:{line} imports {target.place}")
        self.assertNowhere(wrong, "Not from above to below:")

    def test_no_import_leads_to_another_addon_of_ours(self):
        """The demonstration and the queue build on the addon, which works without them."""
        others = {path.name for path in ADDONS.iterdir()} - {ADDON}
        self.assertTrue(others)
        wrong = [
            f"{source.place}:{line} imports {name}"
            for source in _read_addon()
            for name, line in source.imports
            if name.split(".")[0] in others
        ]
        self.assertNowhere(wrong, "From an addon that builds on this one:")

    def test_no_imports_run_in_a_circle(self):
        self.assertNowhere(find_circle(read_addons()), "Each imports the next one:")

    def test_what_is_changed_of_odoo_is_imported_by_controllers_only(self):
        wrong = [
            f"{source.place}:{line} imports {target.place}"
            for source, target, line in find_imports(_read_addon())
            if _get_part(target) == "models" and _get_part(source) not in ("models", "controllers")
        ]
        self.assertNowhere(wrong, "Files that extend models of Odoo:")

    def test_chapters_are_loaded_in_their_order(self):
        """A model is extended after it is defined, so the lower chapter is loaded first."""
        (loading,) = (source for source in read_addons() if source.name == f"{ADDON}.models")
        loaded = [name.removeprefix(f"{ADDON}.") for name, _line in loading.imports]
        chapters = [name for name in loaded if name in LEVELS]
        self.assertEqual(chapters, sorted(chapters, key=LEVELS.get))
        parts = {_get_part(source) for source in _read_addon()}
        self.assertEqual(set(chapters), {part for part in parts & LEVELS.keys() if "." in part})

    def test_a_file_of_a_model_bears_its_name(self):
        """So does one that extends it: ``<model>[_<topic>].py``; queries are named as such."""
        known = {
            model.name.replace(".", "_") for source in read_addons() for model in source.models
        }
        wrong = []
        for source in _read_model_files():
            stem = source.path.stem
            promised = max(
                (name for name in known if f"{stem}_".startswith(f"{name}_")), key=len, default=None
            )
            own = {model.name.replace(".", "_") for model in source.models}
            if own and promised not in own:
                wrong.append(f"{source.place}: holds {', '.join(sorted(own))}")
            elif not own and not stem.endswith("_queries"):
                wrong.append(f"{source.place}: holds no model, and is no *_queries.py")
        self.assertNowhere(wrong, "Not named after what the file holds:")

    def test_a_file_holds_one_model(self):
        several = []
        for source in _read_model_files():
            names = [model.name for model in source.models]
            if len(names) > 1:
                several.append(f"{source.place}: {', '.join(names)}")
        self.assertNowhere(several, "Several classes of models in one file:")

    def test_a_method_of_a_model_is_defined_once_in_an_addon(self):
        """Else the order in which files are loaded decides which definition runs first."""
        places = defaultdict(dict)
        for source in read_addons():
            addon = source.name.split(".")[0]
            for model in source.models:
                for name, line in model.methods:
                    places[addon, model.name, name][source.place] = line
        twice = [
            f"{model}.{name}: {', '.join(f'{place}:{line}' for place, line in found.items())}"
            for (_addon, model, name), found in sorted(places.items())
            if len(found) > 1
        ]
        self.assertNowhere(twice, "Defined in several files of one addon:")

    def test_no_model_redefines_itself(self):
        wrong = [
            f"{source.place}:{model.line} {model.name}"
            for source in read_addons()
            for model in source.models
            if model.is_defined
            and model.name in model.inherited
            # Odoo asks for the name where a mixin is added to one of its own models.
            and (model.name.startswith("it.kpi.") or len(model.inherited) == 1)
        ]
        self.assertNowhere(wrong, "Named, and inherited by the same class:")

    def test_remarks_are_in_the_words_of_the_field(self):
        remarks = [
            (source.place, line, text) for source in read_addons() for line, text in source.remarks
        ]
        self.assertGreater(len(remarks), 500)
        wrong = [
            f"{place}:{line} {match[0]!r}: {better}"
            for place, line, text in [*remarks, *read_other_remarks()]
            for pattern, better in WORDS.items()
            for match in re.finditer(pattern, re.sub(r"\s+", " ", text), re.IGNORECASE)
        ]
        self.assertNowhere(wrong, "There is a plainer word:")

    def test_no_test_imports_another(self):
        """What several of them need is a helper."""
        wrong = [
            f"{source.place}:{line} imports {target.place}"
            for source, target, line in find_imports(read_tests())
            if target.path.stem.startswith("test_")
        ]
        self.assertNowhere(wrong, "Imported from a test, not from tests/helpers:")
