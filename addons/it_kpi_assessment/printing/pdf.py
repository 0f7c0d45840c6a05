"""The PDF engine, WeasyPrint: documents of HTML become one file for the archive (PDF/A-3u).

This file imports nothing of Odoo, so that ``worker.py`` can use it without loading Odoo. Odoo
itself only asks whether WeasyPrint is there: it prints in ``worker.py``.
"""

import functools
import logging
from contextlib import contextmanager

import lxml.html

try:
    from .latin import wrap_latin
except ImportError:  # this folder is on the path of worker.py
    from latin import wrap_latin

_logger = logging.getLogger(__name__)

# ISO 19005-3: fonts and colours are in the file, and every character can be read back (u).
VARIANT = "pdf/a-3u"
# The first WeasyPrint that has HarfBuzz cut fonts to the characters used. Older ones take more
# memory for three letters with Chinese fonts than Odoo grants a worker.
LEAST_WEASYPRINT = 63
# A letter for one page, and the classes that set its lines and characters closer, the least first
# (GB/T 9704-2012, 7.3.5.5).
LETTER = 'class="sheet notice letter-of-one-page"'
CLOSER = ("close", "closer")
# How many places of characters without a glyph are told, and how many characters around each.
MOST_PLACES, AROUND = 20, 10


@functools.cache
def load_weasyprint():
    """Return the module WeasyPrint, or None if it is not installed or too old; cached.

    It takes a second to load, so it is loaded when it is first needed.
    """
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    try:
        import weasyprint
        import weasyprint.text.fonts
    except (ImportError, OSError) as error:  # OSError: the Pango libraries are missing
        _logger.info("WeasyPrint cannot be used: %s", error)
        return None
    if int(weasyprint.__version__.partition(".")[0]) < LEAST_WEASYPRINT:
        _logger.warning(
            "WeasyPrint %s is too old and not used: install version %s or newer with pip.",
            weasyprint.__version__,
            LEAST_WEASYPRINT,
        )
        return None
    return weasyprint


def print_batch(documents, title=None):
    """Return one PDF of several HTML documents, and where characters have no glyph.

    Each document has its own page numbers, and can load nothing but ``data:`` URLs. Fonts are
    embedded once: ten forms take half the time and an eighth of the space. The loaded fonts are
    shared and not thread-safe, so a process prints one batch at a time.

    :param str title: of the file; without one it is that of the first document
    :return: the PDF (bytes), and a list of ``(title of the document, character, text around it)``
    """
    with _listen_for_missing_glyphs() as characters:
        rendered = [_render(html) for html in documents]
        pages = [page for document in rendered for page in document.pages]
        file = rendered[0].copy(pages)
        file.metadata.title = title or file.metadata.title
        content = file.write_pdf(pdf_variant=VARIANT)
    return content, _find_places(documents, sorted(characters))


@contextmanager
def _listen_for_missing_glyphs():
    """Return the set of characters that no font has a glyph for, as WeasyPrint logs them."""
    characters = set()
    handler = logging.Handler()
    handler.emit = lambda record: characters.update(
        record.args[:1] if record.msg.startswith(".notdef glyph") else ()
    )
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield characters
    finally:
        logger.removeHandler(handler)


def _find_places(documents, characters):
    """Return the first place of each character in each document."""
    places = []
    for html in documents if characters else ():
        root = lxml.html.document_fromstring(html)
        text = " ".join(root.body.text_content().split())
        for character in characters:
            if character in text:
                at = text.index(character)
                around = text[max(at - AROUND, 0) : at + AROUND + 1]
                places.append((root.findtext("head/title") or "", character, around))
    return places[:MOST_PLACES]


def _render(html):
    html = wrap_latin(html)
    document = _lay_out(html)
    if LETTER in html and len(document.pages) == 2:
        return _fit(html) or document
    return document


def _fit(html):
    """Return a letter on one page, its lines and characters no closer than need be, or None.

    The closest is tried first, so that a letter that is too long is laid out once more only.
    """
    fitting = None
    for name in reversed(CLOSER):
        document = _lay_out(html.replace(LETTER, f'{LETTER[:-1]} {name}"'))
        if len(document.pages) > 1:
            break
        fitting = document
    return fitting


def _lay_out(html):
    document = load_weasyprint().HTML(string=html, url_fetcher=_get_data_fetcher())
    return document.render(font_config=_get_fonts())


@functools.cache
def _get_fonts():
    """Return the loaded fonts; cached, because they take 70 MB of memory."""
    return load_weasyprint().text.fonts.FontConfiguration()


def _get_data_fetcher():
    urls = load_weasyprint().urls
    if hasattr(urls, "URLFetcher"):
        return urls.URLFetcher(allowed_protocols=["data"])
    return _fetch_data  # WeasyPrint before 68


def _fetch_data(url):
    if not url.startswith("data:"):
        raise ValueError(f"A report fetches nothing: {url}")
    return load_weasyprint().default_url_fetcher(url)
