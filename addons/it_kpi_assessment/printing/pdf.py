"""The two PDF engines: WeasyPrint, and the adaptation of documents to the stock wkhtmltopdf.

This file imports nothing of Odoo, so that ``worker.py`` can use it without loading Odoo.
"""

import functools
import logging
import threading
from copy import deepcopy

import lxml.html
from lxml.html.builder import DIV, STYLE, TABLE

_logger = logging.getLogger(__name__)
_lock = threading.Lock()

# wkhtmltopdf built with an unpatched Qt prints everything at 0.77 of its size.
UNPATCHED_ZOOM = 1.302


@functools.cache
def load_weasyprint():
    """Return the module WeasyPrint, or None if it is not installed; cached.

    It takes a second to load, so it is loaded when it is first needed.
    """
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    try:
        import weasyprint
        import weasyprint.text.fonts
    except (ImportError, OSError) as error:  # OSError: the Pango libraries are missing
        _logger.info("WeasyPrint cannot be used: %s", error)
        return None
    return weasyprint


def print_by_weasyprint(html):
    """Return the PDF of an HTML document as bytes; it can load nothing but ``data:`` URLs."""
    return print_batch([html])


def print_batch(documents):
    """Return one PDF of several HTML documents, each with its own page numbers.

    Fonts are embedded once: ten forms take half the time and an eighth of the space. The loaded
    fonts are shared and not thread-safe, so the process prints one batch at a time.
    """
    with _lock:
        rendered = [_render(html) for html in documents]
        pages = [page for document in rendered for page in document.pages]
        return rendered[0].copy(pages).write_pdf()


def _render(html):
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


def adapt_to_wkhtmltopdf(html, patched):
    """Return the HTML document with each group of rows as a table in a block of its own.

    wkhtmltopdf keeps a block on one page, but splits a row in the middle of a line of text.

    :param bool patched: whether wkhtmltopdf was built with the patched Qt
    """
    root = lxml.html.document_fromstring(html)
    zoom = 1 if patched else UNPATCHED_ZOOM
    # Without the margin the right border of a table is cut.
    root.head.append(STYLE(f"body {{ zoom: {zoom}; margin-right: 1px }}"))
    for table in root.xpath("//table[thead]"):
        _split_table(table)
    return lxml.html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def _split_table(table):
    columns, head = table.find("colgroup"), table.find("thead")
    block = None
    for group in table.findall("tbody"):
        part = TABLE(deepcopy(columns), **table.attrib)
        if block is None or "headed" in table.classes:
            part.append(deepcopy(head))
        part.append(group)
        if block is None or "stays" not in group.classes:
            block = DIV({"class": "kept"})
            table.addprevious(block)
        block.append(part)
    for sibling in list(table.itersiblings()):
        if "stays" in sibling.classes:
            block.append(sibling)
    table.drop_tree()
