"""Bring a translation up to its template: ``merge_translations.py TEMPLATE TRANSLATION``.

Runs in the virtual environment, because polib is one of Odoo's packages.
"""

import ast
import sys
from pathlib import Path

import polib

DATES = ("POT-Creation-Date", "PO-Revision-Date")
# What the list of apps shows of the manifest, by the field of ir.module.module. Odoo's export
# leaves it to base, which knows Odoo's own addons only; its import takes it from any addon.
SHOWN = {"name": "shortdesc", "summary": "summary"}


def merge(template, translation):
    """Rewrite both files; return the terms of ``template`` that have no translation.

    Kept are the translations of terms that are still in the template; all others go.
    """
    terms = polib.pofile(template)
    _drop_dates(terms)
    _add_manifest(terms, Path(template).parents[1])
    terms.save()
    known = _translations(translation)
    for term in terms:
        term.msgstr = known.get(term.msgid, "")
    terms.metadata["Language"] = Path(translation).stem
    terms.save(translation)
    return [term.msgid for term in terms if not term.msgstr]


def _translations(path):
    if not Path(path).exists():
        return {}
    return {term.msgid: term.msgstr for term in polib.pofile(path)}


def _add_manifest(terms, addon):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    for key, field in SHOWN.items():
        place = (f"model:ir.module.module,{field}:base.module_{addon.name}", "")
        term = terms.find(manifest[key])
        if term is None:
            term = polib.POEntry(msgid=manifest[key], comment=f"module: {addon.name}")
            terms.append(term)
        if place not in term.occurrences:
            term.occurrences.append(place)


def _drop_dates(terms):
    """Without them a file changes only when a term does."""
    for name in DATES:
        terms.metadata.pop(name, None)


if __name__ == "__main__":
    for untranslated in merge(*sys.argv[1:]):
        print(repr(untranslated))
