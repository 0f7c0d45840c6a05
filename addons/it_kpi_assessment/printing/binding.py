"""Several PDFs become one that is fit for the archive as well (PDF/A-3u)."""

import io
from hashlib import md5

from odoo.tools.pdf import (
    ArrayObject,
    ByteStringObject,
    NameObject,
    PdfReader,
    PdfWriter,
    create_string_object,
)

# What the catalogue of a file says about all of its pages; the parts agree in it.
CATALOGUE = ("/Metadata", "/OutputIntents", "/Lang")


def bind(parts):
    """Return one PDF (bytes) of the PDFs, which were printed with the title of the whole.

    It keeps their bookmarks, one for each document. Odoo's own merging leaves out bookmarks,
    language and all that makes a PDF/A.
    """
    if len(parts) == 1:
        return parts[0]
    writer = PdfWriter()
    readers = [PdfReader(io.BytesIO(part), strict=False) for part in parts]
    for reader in readers:
        _append(writer, reader)
    _describe(writer, readers[0])
    writer._ID = ArrayObject([ByteStringObject(md5(b"".join(parts)).digest())] * 2)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _append(writer, reader):
    first = len(writer.pages)
    # Not by get_destination_page_number: Odoo changes the ``get`` that it reads the page by.
    bookmarks = [
        (bookmark.title, first + reader._get_page_number_by_indirect(bookmark.raw_get("/Page")))
        for bookmark in reader.outline
    ]
    for page in reader.pages:
        writer.add_page(page)
    # Not by add_outline_item, whose version 2 names a page by its number, as only other files may.
    kids = writer._pages.get_object()["/Kids"]
    for title, number in bookmarks:
        place = ArrayObject([kids[number], NameObject("/Fit")])
        item = {"/Title": create_string_object(title), "/Dest": place}
        writer.add_outline_item_dict({NameObject(name): value for name, value in item.items()})


def _describe(writer, reader):
    """Take over what a part says about itself: title, author, dates, colours, language."""
    writer.add_metadata({name: str(value) for name, value in reader.metadata.items()})
    root = reader.trailer["/Root"]
    for name in CATALOGUE:
        if name in root:
            value = root.raw_get(name)
            copy = value.clone(writer) if hasattr(value, "clone") else value  # pypdf 3 and later
            writer._root_object[NameObject(name)] = copy
