"""What openpyxl gets of an uploaded workbook: what is needed to read answers, and no more.

A form is read for what its cells say. Excel and WPS overlook a style without a name, an unknown
family of fonts or a date of creation in words, openpyxl does not. So the styles are reduced to the
formats of numbers, which tell a date or a percentage from a number, the workbook to its sheets, and
what describes the file is left out.

Each part is read as XML and written anew, so that openpyxl gets no more than was looked at here.
"""

import re
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from openpyxl.utils import column_index_from_string

from odoo.exceptions import UserError

WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
# The names that Excel, WPS and LibreOffice give to what a form is read from.
NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/workbook\.xml"
    r"|xl/styles\.xml|xl/sharedstrings\.xml|xl/worksheets/sheet[0-9]{0,3}\.xml",
    re.IGNORECASE,
)
# A form has 60 kB in 2 000 elements, one with the longest texts 500 kB. Other programs also write
# cells that are empty.
MAX_BYTES, MAX_ELEMENTS = 2 * 1024**2, 100_000
# Texts that the cells share: openpyxl takes 0.1 ms to read one. A form has some 300.
MAX_TEXTS = 10_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# openpyxl makes a cell of every column up to the last one of a row.
LAST_COLUMN = 256
LAST_ROW = 2**20
ROW, CELL = f"{{{MAIN}}}row", f"{{{MAIN}}}c"
VALUES = {f"{{{MAIN}}}{name}" for name in ("v", "is", "f")}
_COLUMN = re.compile("[A-Za-z]*")
# What a workbook says that answers are read by: how days are counted, and its sheets.
KEPT = {f"{{{MAIN}}}workbookPr", f"{{{MAIN}}}sheets"}
# The numbers of formats for dates that are built into Chinese Excel and WPS, and unknown to
# openpyxl: it reads them as the built-in date of every Excel.
CHINESE_DATES = {*range(27, 32), 36, *range(50, 55), 57, 58}
DATE, GENERAL, FIRST_OWN = 14, 0, 164
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>")
SAFE = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
}
# One font, two fills and one border are the least that a list of styles has.
STYLESHEET = (
    f'<styleSheet xmlns="{MAIN}"><numFmts/><fonts><font/></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border/></borders>"
    '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    "<cellXfs/></styleSheet>"
)


def keep_needed(env, content):
    """Return an xlsx file that has only the parts that answers are read from.

    :param bytes content: a file whose size and parts were checked
    :raise UserError: it is a "Strict Open XML" workbook
    """
    parts = _read_parts(env, content)
    roots = {name: _parse(part) for name, part in parts.items()}
    _check_counts(env, list(roots.values()))
    if STRICT in parts.get(WORKBOOK, b""):
        raise UserError(
            env._(
                "This workbook was saved as “Strict Open XML”. Save it as “Excel workbook "
                "(.xlsx)” and upload it again."
            )
        )
    for name, reduce in ((WORKBOOK, _reduce_workbook), (STYLES, _reduce_styles)):
        if name in roots:
            roots[name] = reduce(roots[name])
    for root in roots.values():
        _check_order(env, root)
        _drop_far_cells(env, root)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, root in roots.items():
            archive.writestr(name, etree.tostring(root, encoding="utf-8"))
    return stream.getvalue()


def _read_parts(env, content):
    """Return ``{name: content}`` of the needed parts; some programs write names with ``\\``."""
    parts, size = {}, 0
    with ZipFile(BytesIO(content)) as archive:
        for part in archive.infolist():
            name = part.orig_filename.replace("\\", "/").lstrip("/")
            if name in parts:
                raise ValueError(f"Two parts are called {name}.")
            if NEEDED.fullmatch(name):
                size += part.file_size
                if size > MAX_BYTES:
                    raise _get_refusal(env)
                parts[name] = archive.read(part)
    return parts


def _check_counts(env, roots):
    elements = sum(1 for root in roots for _element in root.iter())
    texts = sum(1 for root in roots for _text in root.iter(f"{{{MAIN}}}si"))
    if elements > MAX_ELEMENTS or texts > MAX_TEXTS:
        raise _get_refusal(env)


def _drop_far_cells(env, root):
    """Remove the blank cells beyond the last column; raise a UserError if one has a value."""
    for cell in [cell for cell in root.iter(CELL) if _get_column(cell) > LAST_COLUMN]:
        if _has_value(cell):
            raise _get_refusal(env)
        cell.getparent().remove(cell)


def _check_order(env, root):
    """Raise a UserError if a row with values is not below the one before it.

    openpyxl passes over such a row without an error, and over all that follow one below the last
    row that Excel has. Excel, WPS and LibreOffice write them in order.
    """
    last = 0
    for row in root.iter(ROW):
        number = _get_row_number(row, last + 1)
        if not last < number <= LAST_ROW and any(map(_has_value, row.iter(CELL))):
            raise UserError(
                env._(
                    "Row %s of a sheet is out of place. Open the file in Excel or WPS, save it "
                    "again as .xlsx, and upload that one.",
                    row.get("r"),
                )
            )
        last = max(last, number)


def _get_row_number(row, following):
    """Return the number that a row states, as openpyxl reads it, 0 if it is none."""
    try:
        return int(float(row.get("r", following)))
    except (ValueError, OverflowError):
        return 0


def _has_value(cell):
    return any(child.tag in VALUES and any(child.itertext()) for child in cell)


def _get_column(cell):
    letters = _COLUMN.match(cell.get("r", "")).group()
    return column_index_from_string(letters) if letters else 0


def _get_refusal(env):
    return UserError(
        env._(
            "The file holds more than is read at once (%(size)s MB, %(texts)s texts). Keep the "
            "rows that are filled in, and nothing else.",
            size=MAX_BYTES // 1024**2,
            texts=MAX_TEXTS,
        )
    )


def _parse(part):
    """Return the root of an XML part, without a document type.

    The standard allows UTF-8 and UTF-16 (ECMA-376, part 2). Other encodings could write a document
    type in signs that a search for it does not find.
    """
    text = part.decode("utf-16" if part.startswith(UTF_16) else "utf-8-sig")
    root = etree.fromstring(_DECLARATION.sub("", text).encode(), etree.XMLParser(**SAFE))
    if root.getroottree().docinfo.doctype:
        raise ValueError("There is a document type.")
    return root


def _reduce_workbook(root):
    for child in list(root):
        if child.tag not in KEPT:
            root.remove(child)
        elif child.tag.endswith("workbookPr"):
            days = child.get("date1904")
            child.attrib.clear()
            if days:
                child.set("date1904", days)
    return root


def _reduce_styles(root):
    """Return styles of the same numbers, which say nothing but the formats of numbers."""
    reduced = etree.fromstring(STYLESHEET)
    own = {
        _get_number(format): format.get("formatCode")
        for format in root.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        if format.get("formatCode")
    }
    for number, code in own.items():
        etree.SubElement(reduced[0], f"{{{MAIN}}}numFmt", numFmtId=str(number), formatCode=code)
    for style in root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"):
        number = _get_number(style)
        if number in CHINESE_DATES and number not in own:
            number = DATE
        elif number >= FIRST_OWN and number not in own:
            number = GENERAL
        etree.SubElement(
            reduced[-1], f"{{{MAIN}}}xf", numFmtId=str(number), fontId="0", fillId="0", borderId="0"
        )
    return reduced


def _get_number(element):
    """Return the number of the format that an element names, or that of none."""
    number = element.get("numFmtId", "")
    return int(number) if number.isdecimal() else GENERAL
