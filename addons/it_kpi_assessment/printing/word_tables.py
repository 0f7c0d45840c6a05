"""Tables in Word: merged cells, heads that are repeated, rows that no page end cuts."""

from math import ceil

from docx.text.paragraph import Paragraph

from .word_styles import TEXT_WIDTH, new, put

TWIPS = 1440 / 25.4  # in a millimetre
THIN, MIDDLE, THICK = "5", "6", "8"  # eighths of a point: 0.6 points, 0.25 mm, 0.35 mm
MOST_FIRST, MOST_LAST = 3, 2  # rows that a table begins and ends with on a page
TEXT_END = 262 * 72 / 25.4  # points from the top of the page to the end of the text
IMPRINT_LINE, IMPRINT_SPACE = 22, 2  # points: the height of a line of 版记, and from it to a rule
IMPRINT_CHARACTERS, IMPRINT_INDENT = 29, 280  # in a line, and twips at its ends
SIZES = {"letter": 10}  # of the text, where it is not that of the style
BLOCKS = ("div", "p", "h2")
BAR_TABS = (("left", 960), ("right", 5500))  # twips: where bars begin, and where their numbers end


def add_table(file, table, fill):
    """Add a table to the end of a Word file.

    :param file: a document of python-docx
    :param table: the element of HTML, with a ``colgroup``, a ``thead`` and a ``tbody`` a group
    :param fill: a function that writes an element into a paragraph
    """
    widths = _read_widths(table)
    element = _new_table(widths)
    size = _read_size(table)
    groups = [group for group in table if group.tag in ("thead", "tbody")]
    bodies = [group for group in groups if group.tag == "tbody"]
    count = sum(len(group.findall("tr")) for group in bodies)
    number, tied = 0, {*range(MOST_FIRST - 1), count - MOST_LAST}
    for group in groups:
        rows = group.findall("tr")
        for row, cells in zip(rows, _lay_out(rows), strict=True):
            head = group.tag == "thead"
            stays = head or row is not rows[-1] or (number < count - 1 and number in tied)
            number += not head
            element.append(_new_row(file, cells, widths, head, stays, fill, size))
    file.element.body.insert_element_before(element, "w:sectPr")


def add_imprint(file, imprint, fill):
    """Add 版记 to the end of a Word file, in a frame at the foot of the text of the page."""
    lines = [line for line in imprint if line.tag == "div"]
    heights = [
        IMPRINT_LINE * ceil(len(line.text_content()) / IMPRINT_CHARACTERS) + 2 * IMPRINT_SPACE
        for line in lines
    ]
    width = round(TEXT_WIDTH * TWIPS)
    place = {"x": "1", "y": str(round(20 * (TEXT_END - sum(heights))))}
    for line in lines:
        paragraph = file.add_paragraph(style="版记")
        properties = paragraph._p.get_or_add_pPr()
        put(
            properties,
            "w:framePr",
            w=str(width),
            wrap="around",
            vAnchor="page",
            hAnchor="margin",
            **place,
        )
        edges = put(properties, "w:pBdr")
        edges.append(_edge("top", THICK if line is lines[0] else MIDDLE, IMPRINT_SPACE))
        if line is lines[-1]:
            edges.append(_edge("bottom", THICK, IMPRINT_SPACE))
        put(properties, "w:tabs").append(new("w:tab", val="right", pos=str(width - IMPRINT_INDENT)))
        put(properties, "w:ind", left=str(IMPRINT_INDENT), right=str(IMPRINT_INDENT))
        fill(paragraph, line)


def _read_widths(table):
    """Return the widths of the columns in millimetres; those without one share what is left."""
    styles = [col.get("style") or "" for col in table.iter("col")]
    widths = [float(style.split()[1].removesuffix("mm")) if style else None for style in styles]
    free = TEXT_WIDTH - sum(width for width in widths if width)
    shares = widths.count(None)
    widths = [width or free / shares for width in widths]
    scale = TEXT_WIDTH / sum(widths)
    return [width * scale for width in widths]


def _read_size(table):
    """Return the size of the text in points, or None for that of the style."""
    if "totals" in table.classes:
        return 12
    ancestors = [set(ancestor.classes) for ancestor in table.iterancestors()]
    return next((size for name, size in SIZES.items() if any(name in a for a in ancestors)), None)


def _lay_out(rows):
    """Return for each row its cells as ``(element or None, column, span, merge)``.

    ``merge`` is ``restart`` where a cell begins to cover the rows below it, and ``continue`` there.
    """
    result, covered = [], {}  # of a row: {column: (rows that are left, span)}
    for row in rows:
        cells, column, below = [], 0, {}
        waiting = [cell for cell in row if cell.tag in ("td", "th")]
        while waiting or column in covered:
            if column in covered:
                cell, (left, span) = None, covered[column]
                merge = "continue"
            else:
                cell = waiting.pop(0)
                left, span = int(cell.get("rowspan") or 1), int(cell.get("colspan") or 1)
                merge = "restart" if left > 1 else None
            if left > 1:
                below[column] = left - 1, span
            cells.append((cell, column, span, merge))
            column += span
        covered = below
        result.append(cells)
    return result


def _new_row(file, cells, widths, head, stays, fill, size):
    row = new("w:tr")
    properties = new("w:trPr")
    properties.append(new("w:cantSplit"))
    if head:
        properties.append(new("w:tblHeader"))
    row.append(properties)
    for element, column, span, merge in cells:
        cell = _new_cell(sum(widths[column : column + span]), span, merge)
        _fill_cell(file, cell, element, head, stays, fill, size)
        row.append(cell)
    return row


def _fill_cell(file, cell, element, head, stays, fill, size):
    if element is None:
        paragraphs = [(None, _add_cell_paragraph(file, cell, "公文表格", "center"))]
    else:
        named = head or "label" in element.classes
        align = "left" if "text" in element.classes else "center"
        style = "公文表头" if named else "公文表格"
        paragraphs = [
            (part, _add_cell_paragraph(file, cell, style, align)) for part in _split(element)
        ]
    for part, paragraph in paragraphs:
        if part is not None and "bar" in part.classes:
            _set_bar(paragraph)
        if stays:
            paragraph.paragraph_format.keep_with_next = True
        if part is not None:
            fill(paragraph, part, size)


def _set_bar(paragraph):
    """Set a bar with its name before it and its number behind it."""
    paragraph.style, paragraph.alignment = "公文条形图", None
    tabs = put(paragraph._p.get_or_add_pPr(), "w:tabs")
    for align, place in BAR_TABS:
        tabs.append(new("w:tab", val=align, pos=str(place)))


def _split(cell):
    """Return what of a cell is a paragraph each: its blocks, and the text before them."""
    blocks = [child for child in cell if child.tag in BLOCKS]
    if not blocks:
        return [cell]
    lead = cell.makeelement("span")
    lead.text = cell.text
    for child in cell:
        if child.tag in BLOCKS:
            break
        lead.append(child)
    return ([lead] if lead.text_content().strip() else []) + blocks


def _add_cell_paragraph(file, cell, style, align):
    element = new("w:p")
    cell.append(element)
    paragraph = Paragraph(element, file._body)
    paragraph.style = style
    paragraph.alignment = {"left": 0, "center": 1, "right": 2}[align]
    return paragraph


def _new_cell(width, span, merge):
    cell, properties = new("w:tc"), new("w:tcPr")
    properties.append(new("w:tcW", w=str(round(width * TWIPS)), type="dxa"))
    if span > 1:
        properties.append(new("w:gridSpan", val=str(span)))
    if merge:
        properties.append(new("w:vMerge", val=merge))
    properties.append(new("w:vAlign", val="center"))
    cell.append(properties)
    return cell


def _new_table(widths):
    table, properties, grid = new("w:tbl"), new("w:tblPr"), new("w:tblGrid")
    properties.append(new("w:tblW", w=str(round(sum(widths) * TWIPS)), type="dxa"))
    properties.append(new("w:jc", val="center"))
    edges = new("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edges.append(_edge(side, THIN))
    properties.append(edges)
    properties.append(new("w:tblLayout", type="fixed"))
    margins = new("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(new(f"w:{side}", w="57", type="dxa"))
    properties.append(margins)
    for width in widths:
        grid.append(new("w:gridCol", w=str(round(width * TWIPS))))
    table.append(properties)
    table.append(grid)
    return table


def _edge(side, size, space=0):
    return new(f"w:{side}", val="single", sz=size, space=str(space), color="000000")
