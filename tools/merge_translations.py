"""Bring a translation up to its template: ``merge_translations.py TEMPLATE TRANSLATION``.

Runs in the virtual environment, because polib is one of Odoo's packages.
"""

import sys
from pathlib import Path

import polib

DATES = ("POT-Creation-Date", "PO-Revision-Date")


def merge(template, translation):
    """Rewrite both files; return the terms of ``template`` that have no translation.

    Kept are the translations of terms that are still in the template; all others go.
    """
    terms = polib.pofile(template)
    _drop_dates(terms)
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


def _drop_dates(terms):
    """Without them a file changes only when a term does."""
    for name in DATES:
        terms.metadata.pop(name, None)


if __name__ == "__main__":
    for untranslated in merge(*sys.argv[1:]):
        print(repr(untranslated))
