"""What openpyxl gets of an uploaded workbook: what is needed to read answers, and no more.

A form is read for what its cells say. Excel and WPS overlook a style without a name, an unknown
family of fonts or a date of creation in words, openpyxl does not. So the styles are reduced to the
formats of numbers, which tell a date or a percentage from a number, the workbook to its sheets, and
what describes the file is left out.
"""

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from odoo.exceptions import UserError

WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
NEEDED = ("[content_types].xml", "_rels/", "xl/_rels/", "xl/sharedstrings", "xl/worksheets/sheet")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# What a workbook says that answers are read by: how days are counted, and its sheets.
KEPT = {f"{{{MAIN}}}workbookPr", f"{{{MAIN}}}sheets"}
# The numbers of formats for dates that are built into Chinese Excel and WPS, and unknown to
# openpyxl: it reads them as the built-in date of every Excel.
CHINESE_DATES = {*range(27, 32), 36, *range(50, 55), 57, 58}
DATE, GENERAL, FIRST_OWN = 14, 0, 164
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
    parts = _read_parts(content)
    if STRICT in parts.get(WORKBOOK, b""):
        raise UserError(
            env._(
                "This workbook was saved as “Strict Open XML”. Save it as “Excel workbook "
                "(.xlsx)” and upload it again."
            )
        )
    for name, reduce in ((WORKBOOK, _reduce_workbook), (STYLES, _reduce_styles)):
        if name in parts:
            parts[name] = etree.tostring(reduce(_parse(parts[name])))
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _read_parts(content):
    """Return ``{name: content}`` of the needed parts; some programs write names with ``\\``."""
    parts = {}
    with ZipFile(BytesIO(content)) as archive:
        for part in archive.infolist():
            name = part.orig_filename.replace("\\", "/").lstrip("/")
            if name in parts:
                raise ValueError(f"Two parts are called {name}.")
            if name in (WORKBOOK, STYLES) or name.lower().startswith(NEEDED):
                parts[name] = archive.read(part)
    return parts


def _parse(part):
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


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
