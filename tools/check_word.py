"""``make check-word``: official documents of the demonstration as LibreOffice lays them out.

Not a part of ``make test``: LibreOffice is 100 MB to fetch. The tests measure the files themselves.
"""

import itertools
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

from tools import libraries
from tools.bring_up import Needs, alone, odoo
from tools.database import demonstration
from tools.paths import ROOT, RUN
from tools.postgres import DURABLE
from tools.process import run
from tools.steps import say, step

FOLDER = RUN / "word"
NEEDS = Needs(programs=(libraries.testing, libraries.writing))
POINT = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # millimetres: the edges of the text
ROW = 10  # millimetres: a high row of a table
MOST_LINES, CHARACTERS = 22, 28
WIDTH = (RIGHT - LEFT) / CHARACTERS
TOLERANCE = 0.7
TEXT_HEIGHT = 20 * POINT  # of a line of the text (16 points); notes and tables are set smaller
# Their rows are lower than lines of text.
WITH_TABLES = ("publication", "rectification", "result")
NO_HANZI = re.compile("[ -~—]")
# A stop at the end of a line hangs into the margin in LibreOffice, whatever the file says.
HANGING = re.compile("[，。、；：！？）》”]$")

# What a line may begin with: what no line end parts, with the marks that may not begin or end one.
# LibreOffice takes brackets between letters and digits for a part of them.
UNIT = re.compile("[“《（〔]*(?:[!-~]+(?:（[!-~]+）)*|.)[，。、；：！？）》〕”]*")


class Line(NamedTuple):
    """A line of text and its edges in millimetres."""

    text: str
    left: float
    right: float
    top: float
    height: float


def check_word(arguments):
    """Write the documents, have LibreOffice lay them out, and measure its pages."""
    with alone(RUN, "run"), odoo(RUN, DURABLE, NEEDS) as brought_up:
        database = os.environ.get("DATABASE") or "it_kpi_assessment"
        demonstration(brought_up, database)
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in FOLDER.glob("*.*"):
            path.unlink()
        with step("Writing the Word files"):
            brought_up.script(database, ROOT / "tools" / "write_word.py", FOLDER)
        with step("Laying them out with LibreOffice"):
            _lay_out(brought_up.variables())
        paths = sorted(FOLDER.glob("*.pdf"))
        faults = [fault for path in paths for fault in _measure(path, brought_up.variables())]
    for fault in faults:
        say(fault)
    return int(bool(faults))


def _lay_out(variables):
    """Convert the Word files to PDF.

    With a new profile LibreOffice ends at once and wants to be started again, so it is started on
    nothing first.
    """
    profile = f"-env:UserInstallation=file://{FOLDER}/profile"
    command = ["soffice", profile, "--headless", "--norestore"]
    subprocess.run([*command, "--terminate_after_init"], env=variables, capture_output=True)
    convert = [*command, "--convert-to", "pdf", "--outdir", FOLDER]
    sentence = "LibreOffice cannot open the Word files: see why, then repeat"
    run([*convert, *sorted(FOLDER.glob("*.docx"))], sentence, log="soffice", env=variables)


def _measure(path, variables):
    """Yield a sentence for everything that is not as GB/T 9704-2012 wants it."""
    pages = [_read_lines(page) for page in _read_pages(path, variables)]
    body = [[line for line in page if line.top < BOTTOM] for page in pages]
    full = [line for page in body for line in page if _is_full(line)]
    say(f"{path.name}: {len(pages)} pages, {len(full)} full lines of hanzi")
    yield from _find_empty(path.name, pages)
    for number, lines in enumerate(body, 1):
        rows = {round(line.top) for line in lines}
        if len(rows) > MOST_LINES and not path.name.startswith(WITH_TABLES):
            yield f"{path.name}, page {number}: {len(rows)} lines"
        for line, following in itertools.pairwise(lines):
            if _is_full(line):
                fault = _judge(line, following.text)
                if fault:
                    yield f"{path.name}, page {number}: {fault}"


def _judge(line, following):
    """Return what is wrong with a full line, or None.

    One with fewer than 28 characters is stretched: what the next line begins with has no room.
    """
    hangs = bool(HANGING.search(line.text)) and line.right > RIGHT + TOLERANCE
    room = CHARACTERS - round((line.left - LEFT) / WIDTH) - len(line.text) + hangs
    if room < 0:
        return f"{len(line.text)} characters in “{line.text}”"
    if not hangs and abs(line.right - RIGHT) > TOLERANCE:
        return f"“{line.text}” ends at {line.right:.1f} mm"
    unit = UNIT.match(following)[0]
    if room >= sum(0.5 if character.isascii() else 1 for character in unit):
        return f"“{line.text}” has room for “{unit}”"
    return None


def _find_empty(name, pages):
    """Yield a sentence for each page that is left empty without need, or holds 署名 alone.

    A third of a page may be empty, and the height of a row that is not cut.
    """
    for number, lines in enumerate(pages, 1):
        body = [line for line in lines if line.top < BOTTOM]
        if len(body) <= 2:
            yield f"{name}, page {number}: 署名 without text"
        end = max(line.top + line.height for line in body)
        following = pages[number] if number < len(pages) else []
        begins = not following or {line.text for line in following} & {"附件", "—1—"}
        if not begins and end < BOTTOM - (BOTTOM - TOP) / 3 - ROW:
            yield f"{name}, page {number}: it ends at {end:.0f} mm, and the text goes on"


def _is_full(line):
    """Return whether a line of the text has hanzi only and reaches the right edge: it is full."""
    if line.height < TEXT_HEIGHT:
        return False
    return line.right > RIGHT - WIDTH / 2 and not NO_HANZI.search(line.text) and line.left < 45


def _read_pages(path, variables):
    command = ["pdftotext", "-bbox-layout", path, "-"]
    content = subprocess.run(command, env=variables, capture_output=True, check=True).stdout
    return ElementTree.fromstring(content).iter("{http://www.w3.org/1999/xhtml}page")


def _read_lines(page):
    """Return the lines of a page."""
    lines = []
    for line in page.iter("{http://www.w3.org/1999/xhtml}line"):
        words = list(line)
        text = "".join(word.text or "" for word in words)
        left = min(float(word.get("xMin")) for word in words) * POINT
        right = max(float(word.get("xMax")) for word in words) * POINT
        top, bottom = (float(words[0].get(name)) * POINT for name in ("yMin", "yMax"))
        lines.append(Line(text, left, right, top, bottom - top))
    return lines
