"""Pictures in Word: an SVG of a report, with the same shapes as a PNG for programs without SVG."""

import base64
import io
import itertools
import re

import lxml.html
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from PIL import Image, ImageDraw

from .word_styles import TEXT_WIDTH

PIXELS = 8  # a millimetre
SVG_EXTENSION = """\
<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
  <a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
    <asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"
      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
      r:embed="{relation}"/>
  </a:ext>
</a:extLst>"""


def add_svg(run, svg, most_width=TEXT_WIDTH):
    """Add an SVG element to a run of text, in its size but at most so many millimetres wide."""
    width, height = (float(svg.get(name).removesuffix("mm")) for name in ("width", "height"))
    width, height = min(width, most_width), height * min(most_width / width, 1)
    picture = _add_picture(run, _draw(svg, width, height), width, height)
    if svg.find("text") is not None:  # shapes alone are the same in both
        part = run.part
        name = PackURI(f"/word/media/drawing{len(part.rels) + 1}.svg")
        content = lxml.html.tostring(svg, encoding="utf-8", method="xml")
        content = content.replace(b"viewbox=", b"viewBox=")
        drawing = Part(name, "image/svg+xml", content, part.package)
        relation = part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE)
        [blip] = picture._inline.xpath(".//a:blip")
        blip.append(parse_xml(SVG_EXTENSION.format(relation=relation)))


def _draw(svg, width, height):
    """Return a PNG of the shapes as a stream; the lengths are millimetres."""
    box = svg.get("viewbox") or svg.get("viewBox")
    left, top, across, _down = map(float, box.split())
    size = round(width * PIXELS), round(height * PIXELS)
    image = Image.new("RGBA", size, (255, 255, 255, 0))
    pencil = ImageDraw.Draw(image)
    scale = image.width / across
    for shape in svg.iter("rect", "polygon", "line", "circle", "path"):
        if shape.tag == "path":
            _draw_modules(pencil, shape.get("d"), scale)
        else:
            _draw_shape(pencil, shape, scale, left, top)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    stream.seek(0)
    return stream


def _draw_shape(pencil, shape, scale, left, top):
    def place(x, y):
        return (float(x) - left) * scale, (float(y) - top) * scale

    get = shape.get
    stroke = get("stroke")
    thickness = max(round(float(get("stroke-width") or 1) * scale), 1)
    if shape.tag == "rect":
        start = place(get("x"), get("y"))
        end = start[0] + float(get("width")) * scale, start[1] + float(get("height")) * scale
        pencil.rectangle((*start, *end), fill=get("fill"), outline=stroke)
    elif shape.tag == "line":
        ends = place(get("x1", 0), get("y1", 0)), place(get("x2", 0), get("y2", 0))
        pencil.line(ends, fill=stroke, width=thickness)
    elif shape.tag == "circle":
        x, y = place(get("cx", 0), get("cy", 0))
        radius = float(get("r")) * scale
        pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill="black")
    else:
        corners = [place(*pair.split(",")) for pair in get("points").split()]
        for ends in itertools.pairwise([*corners, corners[0]]):
            _draw_edge(pencil, ends, stroke, thickness, bool(get("stroke-dasharray")))


def _draw_modules(pencil, path, scale):
    """Draw the path of a QR code: rows of modules, each one module high."""
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", path):
        start, end = (int(x), int(y)), (int(x) + int(length), int(y) + 1)
        corners = [round(place * scale) for place in (*start, *end)]
        pencil.rectangle((*corners[:2], corners[2] - 1, corners[3] - 1), fill="black")


def _draw_edge(pencil, ends, stroke, thickness, dashed):
    (x1, y1), (x2, y2) = ends
    steps = max(round(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / 8), 1) if dashed else 1
    for step in range(0, steps, 2 if dashed else 1):
        start, end = step / steps, (step + 1) / steps
        line = [(x1 + (x2 - x1) * at, y1 + (y2 - y1) * at) for at in (start, end)]
        pencil.line(line, fill=stroke, width=thickness)


def add_image(run, source, most_width=44, most_height=14):
    """Add the picture of a ``data:`` URL to a run, at most so many millimetres wide and high."""
    content = re.sub("^data:[^,]*,", "", source)
    image = io.BytesIO(base64.b64decode(content))
    width, height = Image.open(image).size
    scale = min(most_width / width, most_height / height)
    image.seek(0)
    _add_picture(run, image, width * scale, height * scale)


def _add_picture(run, image, width, height):
    """Add a picture without space around it: LibreOffice adds some where the file says nothing."""
    picture = run.add_picture(image, Mm(width), Mm(height))
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")
    return picture
