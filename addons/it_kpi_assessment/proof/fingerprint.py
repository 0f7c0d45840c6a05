"""The canonical text of a publication, its fingerprints, and the tree that binds the units to it.

A fingerprint is the SHA-256, and the SM3, of the *head*: the canonical text of all that concerns
the publication as a whole. The head names the root of a Merkle tree over the canonical texts of the
units, so that it covers them too, and a unit can be shown to belong to it without the others.
"""

import hashlib
import json

ALGORITHMS = ("sha256", "sm3")


def canonical(value):
    """Return a value as canonical JSON: keys sorted, no blanks, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(algorithm, text):
    """Return the fingerprint of a text in hexadecimal.

    None if this server's OpenSSL lacks the algorithm, as it may for SM3.
    """
    try:
        return hashlib.new(algorithm, text.encode()).hexdigest()
    except ValueError:
        return None


def get_fingerprints(text):
    """Return the fingerprints of a text, by the name of the algorithm."""
    return {algorithm: digest(algorithm, text) for algorithm in ALGORITHMS}


def get_roots(texts):
    """Return the roots of the tree over these texts, by the name of the algorithm."""
    return {algorithm: _get_root(algorithm, texts) for algorithm in ALGORITHMS}


def _get_root(algorithm, texts):
    levels = build_tree(algorithm, texts)
    return levels[-1][0] if levels else digest(algorithm, "")


def build_tree(algorithm, texts):
    """Return the levels of the tree, from the fingerprints of the texts to the one root.

    A pair is joined as the fingerprint of both in hexadecimal, one after the other; what has no
    neighbour goes up as it is. No text is mistaken for a pair, because texts begin with a brace.
    Empty without texts, or if the algorithm is not to be had.
    """
    level = [digest(algorithm, text) for text in texts]
    if not level or None in level:
        return []
    levels = [level]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        odd = level[-1:] if len(level) % 2 else []
        level = [digest(algorithm, left + right) for left, right in pairs] + odd
        levels.append(level)
    return levels


def get_path(algorithm, texts, place):
    """Return what leads from a text to the root: pairs of the neighbour's side and fingerprint.

    :param int place: of the text in the list
    """
    path = []
    for level in build_tree(algorithm, texts)[:-1]:
        neighbour = place ^ 1
        if neighbour < len(level):
            path.append(["left" if neighbour < place else "right", level[neighbour]])
        place //= 2
    return path
