"""Fingerprints as users read them."""

from markupsafe import Markup

SHOWN = 8


def fold_digest(digest):
    """Return the first digits of a fingerprint as HTML; a click on them shows all."""
    return Markup("<details><summary>%s…</summary>%s</details>") % (digest[:SHOWN], digest)
