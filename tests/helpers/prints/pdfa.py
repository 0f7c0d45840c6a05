"""The points of ISO 19005-3 (PDF/A-3u) that a print could miss, read from the file itself.

veraPDF is a Java program and no part of the tests. What is checked here is what it checks of files
like ours: encryption, scripts, forms and signatures of PDF are absent, and not looked at further.
"""

import io
import re

import lxml.etree
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP = {
    "Title": "{http://purl.org/dc/elements/1.1/}title",
    "Author": "{http://purl.org/dc/elements/1.1/}creator",
    "Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "CreationDate": "{http://ns.adobe.com/xap/1.0/}CreateDate",
    "ModDate": "{http://ns.adobe.com/xap/1.0/}ModifyDate",
}
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
FORBIDDEN = ("/OpenAction", "/AA", "/AcroForm", "/OCProperties", "/Perms", "/Requirements")
NO_KEYS = ("/JS", "/TR", "/OPI", "/Alternates", "/PS", "/Ref")
FILTERS = {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/ASCII85Decode", "/RunLengthDecode"}
BLEND = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"}
CMYK = {b"k", b"K"}
SHOWN = {b"Tj", b"TJ", b"'", b'"'}


def find_faults(content):
    """Return a sentence for each point that a PDF (bytes) misses."""
    reader = PdfReader(io.BytesIO(content))
    objects = list(_walk(reader.trailer["/Root"]))
    return [
        *_check_file(content, reader),
        *_check_metadata(reader),
        *_check_colours(reader),
        *(fault for each in objects for fault in _check_object(each)),
        *(fault for each in objects if _is_font(each) for fault in _check_font(each)),
        *(fault for page in reader.pages for fault in _check_text(page, page["/Resources"])),
    ]


def _walk(root):
    """Yield every dictionary and stream that is reached from an object, each once."""
    seen, waiting = set(), [root]
    while waiting:
        each = waiting.pop().get_object()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, DictionaryObject):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, ArrayObject):
            waiting.extend(each)


def _check_file(content, reader):
    head = content.split(b"\n", 2)
    if not re.fullmatch(rb"%PDF-1\.[0-7]", head[0]):
        yield f"head {head[0]!r}"
    if head[1][:1] != b"%" or len(head[1]) < 5 or min(head[1][1:5]) < 128:
        yield "no binary comment behind the head"
    if not content.rstrip().endswith(b"%%EOF"):
        yield "something behind the end"
    if "/ID" not in reader.trailer or "/Encrypt" in reader.trailer:
        yield "no identifier, or encrypted"
    root = reader.trailer["/Root"]
    if not root.get("/Lang"):
        yield "no language"
    yield from (f"{name} in the catalogue" for name in FORBIDDEN if name in root)


def _check_metadata(reader):
    if "/Metadata" not in reader.trailer["/Root"]:
        yield "no metadata"
        return
    xmp = lxml.etree.fromstring(reader.trailer["/Root"]["/Metadata"].get_data())
    [element] = [each for each in xmp.iter(f"{RDF}Description") if f"{PDFA}part" in each.attrib]
    if (element.get(f"{PDFA}part"), element.get(f"{PDFA}conformance")) != ("3", "U"):
        yield "not declared as PDF/A-3u"
    for name, tag in XMP.items():
        told = reader.metadata.get(f"/{name}")
        [*texts] = ["".join(each.itertext()) for each in xmp.iter(tag)]
        texts += [each.get(tag) for each in xmp.iter() if each.get(tag)]
        if not told or [_read_digits(name, told)] != [_read_digits(name, text) for text in texts]:
            yield f"{name} is {told!r} in one place, {texts} in the other"


def _read_digits(name, text):
    """Return a date as its digits in the order of both notations, other texts as they are."""
    return re.sub("[^0-9]", "", text) if name.endswith("Date") else text


def _check_colours(reader):
    if "/OutputIntents" not in reader.trailer["/Root"]:
        yield "no output intent"
        return
    [intent] = reader.trailer["/Root"]["/OutputIntents"]
    profile = intent["/DestOutputProfile"].get_object()
    data = profile.get_data()
    if intent["/S"] != "/GTS_PDFA1" or profile["/N"] != 3:
        yield "no output intent of PDF/A"
    if data[36:40] != b"acsp" or data[16:20] != b"RGB ":
        yield "the output profile is none of RGB"


def _check_object(each):
    yield from (f"{name} in {each.get('/Type')}" for name in NO_KEYS if name in each)
    if each.get("/Subtype") == "/Image" and each.get("/Interpolate", False) == True:  # noqa: E712
        yield "an image is interpolated"
    if each.get("/BM", "/Normal") not in BLEND:
        yield f"blend mode {each['/BM']}"
    if each.get("/Type") == "/Annot" and not (each.get("/F", 0) & 4 and not each["/F"] & 0b100011):
        yield "an annotation is not printed"
    if each.get("/Type") == "/Filespec" and "/AFRelationship" not in each:
        yield "an attached file without its relation"
    if isinstance(each, StreamObject):
        names = each.get("/Filter", [])
        names = names if isinstance(names, list) else [names]
        yield from (f"filter {name}" for name in names if name not in FILTERS)
        if "/F" in each:
            yield "a stream outside of the file"


def _is_font(each):
    return each.get("/Type") == "/Font" and each.get("/Subtype") in ("/Type0", "/Type3")


def _check_font(font):
    """Return what is wrong with a font: not embedded, not readable, other widths than it draws."""
    name = font.get("/BaseFont", "Type3")
    if "/ToUnicode" not in font:
        yield f"{name} cannot be read back"
    if font["/Subtype"] == "/Type3":
        return
    [descendant] = font["/DescendantFonts"]
    descendant = descendant.get_object()
    files = [descendant["/FontDescriptor"].get(f"/FontFile{kind}") for kind in ("2", "3")]
    [*program] = [file.get_object() for file in files if file]
    if len(program) != 1:
        yield f"{name} is not embedded"
        return
    if font["/Encoding"] != "/Identity-H" or descendant.get("/CIDToGIDMap", "") != "/Identity":
        yield f"{name} maps characters in another way"
    drawn = TTFont(io.BytesIO(program[0].get_data()), lazy=True)
    order, scale = drawn.getGlyphOrder(), 1000 / drawn["head"].unitsPerEm
    for glyph, width in _read_widths(descendant["/W"]).items():
        if glyph < len(order) and abs(drawn["hmtx"][order[glyph]][0] * scale - width) > 1:
            yield f"{name}: glyph {glyph} is {width} wide"


def _read_widths(array):
    """Return ``{glyph: width}`` of an array of ``first [widths]`` pairs."""
    pairs = zip(array[::2], array[1::2], strict=True)
    return {first + place: width for first, row in pairs for place, width in enumerate(row)}


def _check_text(holder, resources):
    """Check the codes and colours of a page, or of a form within it."""
    fonts = resources.get("/Font", {})
    readable = {name: _read_codes(font.get_object()) for name, font in fonts.items()}
    stream = holder if isinstance(holder, StreamObject) else holder["/Contents"]
    font = None
    for operands, operator in ContentStream(stream.get_object(), None).operations:
        if operator == b"Tf":
            font = operands[0]
        elif operator in CMYK:
            yield "colours of another kind than the output profile"
        elif operator in SHOWN:
            codes = _read_shown(operands[-1], 2 if fonts[font]["/Subtype"] == "/Type0" else 1)
            yield from (f"{font}: code {code} is unreadable" for code in codes - readable[font])
            if 0 in codes and fonts[font]["/Subtype"] == "/Type0":
                yield f"{font}: a glyph that is not defined"


def _read_shown(operand, size):
    """Return the codes of a string, or of those in an array."""
    strings = operand if isinstance(operand, list) else [operand]
    shown = [each.original_bytes for each in strings if hasattr(each, "original_bytes")]
    return {
        int.from_bytes(text[at : at + size]) for text in shown for at in range(0, len(text), size)
    }


def _read_codes(font):
    """Return the codes that a font says the characters of."""
    table = font["/ToUnicode"].get_data().decode("latin-1")
    rows = re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL)
    return {int(code, 16) for row in rows for code in re.findall(r"<(\w+)> *<\w+>", row)}
