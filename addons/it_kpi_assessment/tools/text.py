"""What people write or paste: what of it is kept, and whether it shows anything.

Programs leave characters in a text that nobody sees: the soft line break of Word, a zero-width
space of a chat, a byte order mark, half of a cut emoji. They print as boxes, hide that a reason is
missing, or make two names of one.
"""

import re
from unicodedata import category

# The longest texts, unless the field sets a ``max_length`` of its own (False: no limit).
MAX_LENGTHS = {"char": 200, "text": 5000}

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Control characters, and the marks that reverse the direction of what stands beside them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb\u202a-\u202e\u2066-\u2069]"
)
# What Unicode counts as letters or symbols, although nothing is drawn: the fillers of Hangul and
# Braille, the joiner of combining marks, inherent vowels of Khmer, and selectors of variants.
_FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def make_storable(text):
    """Return a text as the database can hold it: no NUL, and � for half of a surrogate pair."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNSTORABLE.sub(lambda match: "" if match[0] == "\0" else "\ufffd", text)


def make_all_storable(value):
    """Return the value with all texts in its lists and dictionaries storable."""
    if isinstance(value, str):
        return make_storable(value)
    if isinstance(value, dict):
        return {make_all_storable(key): make_all_storable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(make_all_storable(part) for part in value)
    return value


def tidy_text(text):
    """Return a text with ``\\n`` for every kind of line break, and without control characters."""
    return _UNPRINTABLE.sub("", make_storable(_LINE_BREAK.sub("\n", text)))


def tidy_line(text):
    """Return a text on one line, without invisible characters and without spaces around it."""
    line = re.sub("[\t\n]", " ", tidy_text(text))
    return "".join(sign for sign in line if category(sign) != "Cf").strip()


def is_blank(text):
    """Return whether a text shows nothing: it is None, False, empty, or only invisible."""
    seen = _FILLERS.sub("", text or "")
    return all(category(sign) in _UNSEEN for sign in seen)


def escape_like(text):
    """Return a text as a pattern of PostgreSQL's LIKE that only this text matches."""
    return re.sub(r"([\\%_])", r"\\\1", text)
