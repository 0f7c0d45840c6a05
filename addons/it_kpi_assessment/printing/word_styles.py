"""The page, the fonts and the styles of an official document in Word, by GB/T 9704-2012.

LibreOffice mistakes a grid of characters (``linesAndChars``), so the 28 characters of a line come
from a spacing of -0.25 pt and the 22 lines of a page from an exact height.
"""

from typing import NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

CHARACTER = 15.79  # points that one takes in a line
LINE = 28.95  # points from line to line
SPACING = -5  # twentieths of a point between characters
TEXT_WIDTH = 156  # millimetres
LATIN = "Times New Roman"
BODY, HEADING, SUBHEADING, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
NUMBER = "宋体"
# What Word takes in place of a font that is missing.
ALTERNATIVES = {BODY: "仿宋", SUBHEADING: "楷体", TITLE: "华文中宋", HEADING: "SimHei"}


class Style(NamedTuple):
    """A style of paragraphs; lengths in points."""

    font: str
    size: float = 16
    align: str = "both"
    first: float = 0  # characters that the first line is indented by; negative: hanging
    left: float = 0
    right: float = 0
    before: float = 0
    line: float = LINE
    level: int = 0  # in the outline, from 1
    stays: bool = False  # on the page of the paragraph below it


# By the names that Word's users see.
STYLES = {
    "公文正文": Style(BODY, first=2),
    "公文标题": Style(TITLE, 22, "center", level=1, stays=True),
    "公文一级标题": Style(HEADING, first=2, level=2, stays=True),
    "公文二级标题": Style(SUBHEADING, first=2, level=3, stays=True),
    "公文副标题": Style(SUBHEADING, align="center", stays=True),
    "发文字号": Style(BODY, align="center"),
    "主送机关": Style(BODY, before=LINE),
    "附件说明": Style(BODY, left=5, first=-3, before=LINE, stays=True),
    "领导签字": Style(BODY, align="right", right=4, before=LINE, line=0, stays=True),
    "署名": Style(BODY, align="center", stays=True),
    "成文日期": Style(BODY, align="center"),
    "附件": Style(HEADING, align="left", stays=True),
    "公文表头": Style(HEADING, 11, "center", line=0, stays=True),
    "公文表格": Style(BODY, 11, "center", line=0),
    "公文图注": Style(BODY, 11, "center", line=0),
    "公文附注": Style(BODY, 10, "left", line=0),
    "公文条形图": Style(BODY, 9, "left", line=0),
    "版记": Style(BODY, 14, "left", line=22),
    "公文页码": Style(NUMBER, 14, "right", line=14),
}


def prepare(document):
    """Give a new document of python-docx the page and the styles; nothing else of its template."""
    _set_defaults(document)
    for name, style in STYLES.items():
        _set_style(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), style)
    _add_alternatives(document)
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    put(settings.element, "w:characterSpacingControl", val="doNotCompress")


def set_page(section, first):
    """Set paper, margins and page numbers of a section, which counts from 1."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25.6)
    properties = section._sectPr
    put(properties, "w:pgNumType", start="1")
    put(properties, "w:docGrid", type="lines", linePitch=str(round(LINE * 20)))
    if first:
        _number(section.footer, "right")
        _number(section.even_page_footer, "left")


def _number(footer, align):
    """Write — 1 — into a footer, one character from the edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "公文页码"
    put(paragraph._p.get_or_add_pPr(), "w:jc", val=align)
    side = {"right": "right", "left": "left"}[align]
    put(paragraph._p.get_or_add_pPr(), "w:ind", **{side: "280", f"{side}Chars": "100"})
    paragraph.add_run("— ")
    field = new("w:fldSimple", instr="PAGE")
    run = new("w:r")
    text = new("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _set_defaults(document):
    normal = document.styles["Normal"]
    _set_style(normal, STYLES["公文正文"]._replace(first=0))
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = defaults.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), "en-US")  # with Chinese, numbers would be broken at the ends of lines
    language.set(qn("w:eastAsia"), "zh-CN")


def _set_style(style, wanted):
    style.font.size = Pt(wanted.size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", wanted.font)):
        fonts.set(qn(f"w:{name}"), font)
    if wanted.size == 16:
        put(style.element.get_or_add_rPr(), "w:spacing", val=str(SPACING))
    properties = style.element.get_or_add_pPr()
    if wanted.stays:
        put(properties, "w:keepNext")
    put(properties, "w:widowControl")
    for rule in ("overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        put(properties, f"w:{rule}", val="0")
    set_spacing(properties, wanted.before, wanted.line)
    set_indent(properties, wanted.left, wanted.right, wanted.first)
    put(properties, "w:jc", val=wanted.align)
    if wanted.level:
        put(properties, "w:outlineLvl", val=str(wanted.level - 1))


def set_spacing(properties, before, line):
    """Set the space above a paragraph and the exact height of its lines, in points; 0: by font."""
    height = {"line": str(round(line * 20)), "lineRule": "exact"} if line else {}
    height = height or {"line": "252", "lineRule": "auto"}
    put(properties, "w:spacing", before=str(round(before * 20)), after="0", **height)


def set_indent(properties, left=0, right=0, first=0):
    """Set the indents of a paragraph in characters."""
    twips = {"left": left, "right": right, "firstLine": first}
    if first < 0:
        twips = {"left": left, "right": right, "hanging": -first}
    put(
        properties,
        "w:ind",
        **{name: str(round(value * CHARACTER * 20)) for name, value in twips.items()},
    )


def _add_alternatives(document):
    """Name the fonts to take where those of the standard are missing."""
    [part] = [part for part in document.part.package.iter_parts() if "fontTable" in part.partname]
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", rows.encode() + b"</w:fonts>")


def new(tag, **attributes):
    """Return a new element of WordprocessingML with these attributes."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


# The order that the schema of Word demands of the elements that are added here.
ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
    *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
    *("spacing", "ind", "contextualSpacing", "mirrorIndents", "jc", "textDirection"),
    *("textAlignment", "outlineLvl", "rPr", "sectPr"),
)
RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "w", "kern", "position"),
    *("sz", "szCs", "highlight", "u", "lang"),
)
SECTION_ORDER = (
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar"),
    *("paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "titlePg", "docGrid"),
)
ORDERS = {"pPr": ORDER, "rPr": RUN_ORDER, "sectPr": SECTION_ORDER}


def put(parent, tag, **attributes):
    """Set a child element in the place that the schema gives it, and return it.

    One of this name that is there already is replaced.
    """
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    element = new(tag, **attributes)
    names = [child.tag.rpartition("}")[2] for child in parent]
    order = ORDERS.get(parent.tag.rpartition("}")[2])
    if order is None:
        parent.append(element)
        return element
    rank = order.index(tag.partition(":")[2])
    at = sum(name in order and order.index(name) < rank for name in names)
    parent.insert(at, element)
    return element
