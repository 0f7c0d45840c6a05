"""What Odoo's own pages are called in a bureau: the web client's terms of other modules.

``i18n_odoo/<language>.po`` holds them; the context of each term (``msgctxt``) is Odoo's module.
"""

from functools import cache
from pathlib import Path

import polib

FOLDER = Path(__file__).resolve().parent.parent / "i18n_odoo"


@cache
def read_words(lang):
    """Return ``{module: {term: translation}}`` of a language, empty if there is no file."""
    words = {}
    path = FOLDER / f"{lang}.po"
    if path.exists():
        for term in polib.pofile(path):
            words.setdefault(term.msgctxt, {})[term.msgid] = term.msgstr
    return words


def put_words(translations, lang):
    """Return the web client's translations ``{module: {"messages": …}}`` with our words in place of
    Odoo's."""
    words = read_words(lang)
    result = dict(translations)
    for module in words.keys() & translations.keys():
        messages = {term["id"]: term["string"] for term in translations[module]["messages"]}
        messages.update(words[module])
        result[module] = {
            "messages": [{"id": term, "string": text} for term, text in messages.items()]
        }
    return result
