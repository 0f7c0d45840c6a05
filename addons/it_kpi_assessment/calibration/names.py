"""Taking out of a text what says which unit wrote it: names, numbers of documents, addresses."""

import re

# A name of one character would be found in words that are no name.
LEAST_LENGTH = 2

# What gives a unit away without naming it, and what stands in its place.
TRACES = (
    (re.compile(r"[a-z0-9.+_-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE), "某邮箱"),
    (re.compile(r"(?:https?://|www\.)[a-z0-9./?=&%#:~+_-]+", re.IGNORECASE), "某网址"),
    (
        re.compile(r"[\u4e00-\u9fff]{1,5}[〔［\[（(]\s*\d{4}\s*[〕］\]）)]\s*第?\s*\d+\s*号"),
        "某文号",
    ),
    (re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-－ ]?\d{7,8})(?!\d)"), "某电话"),
)


class Hider:
    """Replaces names in texts, the longer ones first; spaces within a name do not save it."""

    def __init__(self, replacements):
        """:param dict replacements: ``{name: what stands in its place}``"""
        self._words = {
            _squeeze(name): word
            for name, word in replacements.items()
            if len(_squeeze(name)) >= LEAST_LENGTH
        }
        names = sorted(self._words, key=lambda name: (-len(name), name))
        pattern = "|".join(r"\s*".join(map(re.escape, name)) for name in names)
        self._pattern = re.compile(pattern, re.IGNORECASE) if pattern else None

    def hide(self, text):
        """Return a text without the names, and without the traces of ``TRACES``."""
        for pattern, word in TRACES:
            text = pattern.sub(word, text or "")
        if self._pattern:
            text = self._pattern.sub(lambda found: self._words[_squeeze(found[0])], text)
        return text


def _squeeze(name):
    return re.sub(r"\s+", "", name or "").casefold()
