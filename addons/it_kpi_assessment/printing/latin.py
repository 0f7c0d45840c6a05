"""Letters and digits of Latin in elements of their own, so that a style can give them a font.

Those of 仿宋 are ugly. A Latin font at the head of the list of fonts would not do: it has Chinese
punctuation too, at half the width, and its own height would set the height of every line.
"""

import re

import lxml.html
from lxml.html.builder import SPAN

CLASS = "latin"
LATIN = re.compile("([!-~]+(?: [!-~]+)*)")
LEFT_OUT = ("svg", "style", "script")


def wrap_latin(html):
    """Return the HTML document with each run of Latin text as a ``span`` of the class ``latin``."""
    root = lxml.html.document_fromstring(html)
    for element in [*_iterate(root.body)]:
        _wrap_text(element)
        for child in [*element]:
            _wrap_tail(element, child)
    return lxml.html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def _iterate(element):
    """Yield the element and those in it whose text is printed as text."""
    if isinstance(element.tag, str) and element.tag not in LEFT_OUT:
        yield element
        for child in element:
            yield from _iterate(child)


def _wrap_text(element):
    parts = LATIN.split(element.text or "")
    if len(parts) > 1:
        element.text = parts[0]
        for place, span in enumerate(_make_spans(parts)):
            element.insert(place, span)


def _wrap_tail(parent, child):
    parts = LATIN.split(child.tail or "")
    if len(parts) > 1:
        child.tail = parts[0]
        place = parent.index(child) + 1
        for offset, span in enumerate(_make_spans(parts)):
            parent.insert(place + offset, span)


def _make_spans(parts):
    """Return a ``span`` for every second part, with the part behind it as its tail."""
    spans = []
    for text, tail in zip(parts[1::2], parts[2::2], strict=True):
        span = SPAN(text, {"class": CLASS})
        span.tail = tail
        spans.append(span)
    return spans
