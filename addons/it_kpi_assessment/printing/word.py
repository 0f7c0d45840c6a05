"""Official documents as Word files, from the same HTML that the PDF is printed from.

It knows the elements and classes that the templates of official documents use, not HTML at large.
This file imports nothing of Odoo.
"""

import io
import re

import docx
import lxml.html
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt

from .word_pictures import add_image, add_svg
from .word_styles import (
    CHARACTER,
    LINE,
    SUBHEADING,
    TEXT_WIDTH,
    new,
    prepare,
    put,
    set_indent,
    set_page,
    set_spacing,
)
from .word_tables import add_imprint, add_table

STYLES = {
    "h1": "公文标题",
    "h2": "公文一级标题",
    "h3": "公文二级标题",
    "p": "公文正文",
}
# Classes that mean more than the tag.
CLASSES = {
    "number": "发文字号",
    "version": "公文副标题",
    "year": "公文副标题",
    "addressee": "主送机关",
    "enclosed": "附件说明",
    "leader": "领导签字",
    "attachment": "附件",
    "legend": "公文图注",
    "units": "公文附注",
}
WIDTH = 28 * CHARACTER
GAP = 6  # millimetres between pictures side by side
CODE_WIDTH = 15  # millimetres of the QR code of 核验码


def write_word(documents):
    """Return one Word file (bytes) of several HTML documents, each counting its pages from 1."""
    file = docx.Document()
    prepare(file)
    for number, html in enumerate(documents):
        root = lxml.html.document_fromstring(html)
        if number:
            file.add_section(WD_SECTION.NEW_PAGE)
        set_page(file.sections[-1], first=not number)
        _Writer(file).write(root)
        if not number:
            file.core_properties.title = root.findtext("head/title") or ""
            file.core_properties.author = "".join(root.xpath("//meta[@name='author']/@content"))
            file.core_properties.language = "zh-CN"
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


class _Writer:
    """Adds the blocks of one HTML document to the end of a Word file."""

    def __init__(self, file):
        self.file = file
        self.breaks = False  # whether the next paragraph begins a page

    def write(self, root):
        for number, sheet in enumerate(root.find_class("sheet")):
            self.breaks = number > 0
            self._add_all(sheet)

    def _add_all(self, parent):
        for element in parent:
            if isinstance(element.tag, str):
                self._add(element)

    def _add(self, element):
        """Add an element with all that it holds."""
        classes, tag = element.classes, element.tag
        if tag == "table" and "grid" in classes:
            self._separate_tables()
            add_table(self.file, element, self.fill)
        elif tag == "table" and all(cell.find("svg") is not None for cell in element.iter("td")):
            self._add_pictures(element)
        elif "issued" in classes:
            self._add_issued(element)
        elif "proof" in classes:
            self._add_proof(element)
        elif "imprint" in classes:
            self._separate_tables()
            add_imprint(self.file, element, self.fill)
            set_spacing(self._new_paragraph("公文正文")._p.get_or_add_pPr(), 0, 1)
        elif tag == "svg":
            add_svg(self._new_paragraph("公文图注").add_run(), element)
        elif tag in STYLES or not CLASSES.keys().isdisjoint(classes):
            self._add_paragraph(element)
        else:
            self.breaks = self.breaks or "next" in classes
            self._add_all(element)

    def _add_paragraph(self, element):
        name = next((CLASSES[name] for name in CLASSES if name in element.classes), None)
        if "stays" in element.classes:
            self._keep_last()
        paragraph = self._new_paragraph(name or STYLES[element.tag])
        properties = paragraph._p.get_or_add_pPr()
        above = element.getprevious()
        if element.tag == "h1" and above is not None:
            lines = 2 if "number" in above.classes else 1
            set_spacing(properties, lines * LINE, LINE)
        if "plain" in element.classes:
            set_indent(properties)
        if "upward" in element.classes:
            _spread(properties)
        self.fill(paragraph, element)

    def _add_issued(self, element):
        """Add 署名 and 成文日期, both within a block at the right whose width is given."""
        self._keep_last()
        width = float(re.search(r"width: ([\d.]+)pt", element.get("style"))[1])
        sealed = "unsealed" not in element.classes
        left = (WIDTH - width) / CHARACTER
        above = element.getprevious()
        follows_leader = above is not None and "leader" in above.classes
        name, date = element
        for line, style in ((name, "署名"), (date, "成文日期")):
            paragraph = self._new_paragraph(style)
            properties = paragraph._p.get_or_add_pPr()
            set_indent(properties, left if sealed or line is name else left + 2)
            if not sealed:
                paragraph.alignment = 0
            if line is name:
                set_spacing(properties, LINE if follows_leader or not sealed else 2 * LINE, LINE)
            self.fill(paragraph, line)

    def _add_proof(self, proof):
        """Add 核验码 with its QR code and the fingerprint, small and together, at the left."""
        self._separate_tables()
        paragraph = None
        for element in proof:
            is_beside = paragraph is not None and element.getprevious().tag == "svg"
            paragraph = paragraph if is_beside else self._new_paragraph("公文附注")
            paragraph.paragraph_format.keep_with_next = element is not proof[-1]
            if element.tag == "svg":
                add_svg(paragraph.add_run(), element, CODE_WIDTH)
                paragraph.add_run("\N{IDEOGRAPHIC SPACE}")
            else:
                self.fill(paragraph, element)

    def _add_pictures(self, table):
        """Add pictures side by side, with their headings above them."""
        cells = list(table.iter("td"))
        heading = self._new_paragraph("公文一级标题")
        properties = heading._p.get_or_add_pPr()
        set_indent(properties)
        tabs = put(properties, "w:tabs")
        pictures = self._new_paragraph("公文图注")
        for number, cell in enumerate(cells):
            place = WIDTH * (number + 0.5) / len(cells)
            tabs.append(new("w:tab", val="center", pos=str(round(20 * place))))
            heading.add_run().add_tab()
            self.fill(heading, cell.find("h2"))
            add_svg(pictures.add_run(), cell.find("svg"), TEXT_WIDTH / len(cells) - GAP)

    def _new_paragraph(self, style):
        paragraph = self.file.add_paragraph(style=style)
        if self.breaks:
            paragraph.paragraph_format.page_break_before = True
            self.breaks = False
        return paragraph

    def _keep_last(self):
        """Have the last block stay on the page of the next one."""
        last = self.file.element.body[-2]  # the last one is the properties of the section
        rows = last.findall(qn("w:tr"))
        for paragraph in rows[-1].iter(qn("w:p")) if rows else [last]:
            if paragraph.tag == qn("w:p"):
                docx.text.paragraph.Paragraph(
                    paragraph, self.file
                ).paragraph_format.keep_with_next = True

    def _separate_tables(self):
        """Word joins a table to the one before it, unless there is a paragraph between them."""
        if self.file.element.body[-2].tag == qn("w:tbl"):
            set_spacing(self._new_paragraph("公文正文")._p.get_or_add_pPr(), 0, 4)

    def fill(self, paragraph, element, size=None):
        """Write the text, line breaks and pictures of an element into a paragraph."""
        parts = list(_read_inline(element))
        for kind, value in _tidy(parts):
            run = paragraph.add_run()
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:hint"), "eastAsia")  # else quotation marks are those of Latin
            if size:
                run.font.size = Pt(size)
            if kind == "break":
                run.add_break(WD_BREAK.LINE)
            elif kind == "image":
                add_image(run, value)
            elif kind == "svg":
                add_svg(run, value)
            elif kind == "tab":
                run.add_tab()
            else:
                run.text = value
                if kind == "signer":
                    fonts.set(qn("w:eastAsia"), SUBHEADING)
                if kind == "digest":
                    run.font.size = Pt(8)


def _read_inline(element, kind="text"):
    """Yield pairs of a kind and a value: texts, breaks and pictures of an element."""
    if element.text:
        yield kind, element.text
    for number, child in enumerate(element):
        if child.tag == "br":
            yield "break", None
        elif child.tag == "img":
            yield "image", child.get("src")
        elif child.tag == "svg":
            if "bar" in element.classes:
                yield "tab", None
            yield "svg", child
        elif isinstance(child.tag, str):
            if number and (_has_parts_apart(element) or "points" in child.classes):
                yield "tab", None
            if "digest" in child.classes:
                yield "break", None
            named = next((name for name in ("signer", "digest") if name in child.classes), kind)
            yield from _read_inline(child, named)
        if child.tail:
            yield kind, child.tail


def _has_parts_apart(element):
    """Return whether the parts of a line stand at its two ends."""
    parent = element.getparent()
    return "upward" in element.classes or (parent is not None and "imprint" in parent.classes)


def _tidy(parts):
    """Return the parts with white space as a browser shows it: none at the ends of lines."""
    texts = [
        (
            kind,
            re.sub(r"[ \t\r\n]+", " ", value)
            if isinstance(value, str) and kind != "image"
            else value,
        )
        for kind, value in parts
    ]
    result = []
    for number, (kind, value) in enumerate(texts):
        if isinstance(value, str) and kind != "image":
            before = texts[number - 1][0] if number else "break"
            after = texts[number + 1][0] if number + 1 < len(texts) else "break"
            value = value.lstrip(" ") if before == "break" else value
            value = value.rstrip(" ") if after == "break" else value
            if result and isinstance(result[-1][1], str) and result[-1][1].endswith(" "):
                value = value.lstrip(" ")
            if not value:
                continue
        result.append((kind, value))
    return result


def _spread(properties):
    """Set a paragraph with 发文字号 at the left and 签发人 at the right, one character in."""
    set_indent(properties, 1, 1)
    put(properties, "w:tabs").append(new("w:tab", val="right", pos=str(round(27 * CHARACTER * 20))))
