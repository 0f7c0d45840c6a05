"""Which files can be evidence: their kind, by name and by content, and their name as shown."""

import re
import unicodedata

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# How the content of a file begins, by the ending of its name. Plain text begins anyhow. WPS saves
# its own formats as the older or the newer container of Office, whatever the ending says.
_BEGINNINGS = {
    "pdf": (b"%PDF-",),
    **dict.fromkeys(("jpg", "jpeg"), (b"\xff\xd8\xff",)),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    **dict.fromkeys(("tif", "tiff"), (b"II*\0", b"MM\0*")),
    "webp": (b"RIFF",),
    **dict.fromkeys(("doc", "xls", "ppt", "docx", "xlsx", "pptx"), (_OLE, _ZIP)),
    **dict.fromkeys(("wps", "et", "dps"), (_OLE, _ZIP)),
    **dict.fromkeys(("odt", "ods", "odp", "ofd", "zip"), (_ZIP,)),
    "rar": (b"Rar!\x1a\x07",),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
    **dict.fromkeys(("txt", "csv"), ()),
}
ALLOWED_ENDINGS = tuple(_BEGINNINGS)
_TEXTS = ("txt", "csv")
# What a browser would run or show as a page: no text of a unit begins like this.
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|svg|script|head|body|iframe)", re.IGNORECASE)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Readers of PDF find the beginning within this many bytes; programs put headers before it.
_PDF_HEADER = 1024
# Control and direction characters, halves of pairs, separators of lines and paragraphs.
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def is_kind_allowed(name):
    """Return whether the ending of the file's name is one of the kinds allowed as evidence."""
    return _get_ending(name) in _BEGINNINGS


def is_content_of_kind(name, content):
    """Return whether the content (bytes) is what the ending of the file's name says."""
    ending = _get_ending(name)
    if ending in _TEXTS:
        return _is_text(content)
    if ending == "pdf":
        return b"%PDF-" in content[:_PDF_HEADER]
    return content.startswith(_BEGINNINGS[ending])


def is_page(mimetype):
    """Return whether a browser shows files of this type as a page, or runs them."""
    kind = (mimetype or "").lower()
    if kind.startswith(("application/vnd.openxmlformats", "application/vnd.oasis")):
        return False
    return any(word in kind for word in ("ht", "xml", "svg", "script"))


def clean_name(name):
    """Return the file's name without characters that show nothing or turn the direction."""
    seen = "".join(sign for sign in name or "" if unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.split())


def _get_ending(name):
    _stem, dot, ending = (name or "").rpartition(".")
    return dot and ending.lower()


def _is_text(content):
    if content.startswith(_BYTE_ORDER_MARKS[1:]):  # UTF-16 has NUL bytes
        return not _MARKUP.match(content[2:].replace(b"\0", b""))
    content = content.removeprefix(_BYTE_ORDER_MARKS[0])
    return b"\0" not in content and not _MARKUP.match(content)
