"""Take the pictures of the manual. Runs with the tests' packages, against a server that serves.

``python -m tools.take_pictures ADDRESS [NAME...]``: all of them, or those that begin so.
"""

import base64
import io
import json
import subprocess
import sys

from PIL import Image

from tools.browser import PageError, chromium
from tools.paths import DOCS
from tools.picture_list import PICTURES, WIDTH, Print
from tools.visiting import log_in, search

ADDON = "it_kpi_assessment"
COLOURS = 256
CHOOSE = """
(() => {
    const list = document.querySelector(%s);
    const entry = %s;
    const isEntry = ({ text, value }) => [text, value].includes(entry);
    list.selectedIndex = [...list.options].findIndex(isEntry);
    list.dispatchEvent(new Event("change", { bubbles: true }));
})()
"""
DOWNLOAD = """
fetch(%s).then((answer) => answer.arrayBuffer()).then((buffer) => {
    let text = "";
    for (const byte of new Uint8Array(buffer)) { text += String.fromCharCode(byte); }
    return btoa(text);
})
"""


def main(address, *names):
    """Take the pictures in the order of the list, which may change what the later ones show."""
    wanted = [picture for picture in PICTURES if picture.name.startswith(names or ("",))]
    with chromium() as page:
        login = None
        for picture in wanted:
            try:
                if picture.login != login:
                    page.resize(WIDTH, 768)
                    log_in(page, address, picture.login)
                    login = picture.login
                content = _print(page, picture) if isinstance(picture, Print) else None
                _save(content or _take(page, address, picture), DOCS / f"{picture.name}.png")
            except PageError as error:
                raise SystemExit(f"{picture.name}: {error}") from error


def _take(page, address, picture):
    page.resize(picture.width, picture.height)
    place = f"{address}/odoo/action-{ADDON}.{picture.action}"
    if picture.record:
        place += f"/{search(page, *picture.record)}"
    page.open("about:blank")  # else another record's page is not loaded
    page.open(place)
    page.find(".o_action_manager > .o_action")
    page.settle()
    for verb, *arguments in picture.steps:
        VERBS[verb](page, *arguments)
    return page.picture(picture.crop)


def _scroll(page, selector):
    """Scroll the element to the top, below the sticky header."""
    page.find(selector)
    element = f"document.querySelector({json.dumps(selector)})"
    page.ask(f"{element}.style.scrollMarginTop = '110px'")
    page.ask(f"{element}.scrollIntoView()")
    page.settle()


def _sign(page, selector):
    """Draw a signature into the element."""
    left, top, width, height = page.find(selector)
    shape = [
        (0.2, 0.3),
        (0.3, 0.7),
        (0.35, 0.25),
        (0.45, 0.75),
        (0.5, 0.4),
        (0.6, 0.6),
        (0.8, 0.35),
    ]
    page.drag([(left + x * width, top + y * height) for x, y in shape])


def _fill(page, selector, text):
    page.click(selector)
    page.type(text)


def _choose(page, selector, entry):
    """Choose in a list, by what is shown or by the value behind it."""
    page.find(selector)
    page.ask(CHOOSE % (json.dumps(selector), json.dumps(entry)))
    page.settle()


VERBS = {
    "choose": _choose,
    "click": lambda page, *what: page.click(*what),
    "fill": _fill,
    "scroll": _scroll,
    "sign": _sign,
}


def _print(page, picture):
    """Return one page of a print."""
    path = f"/report/pdf/{ADDON}.{picture.report}/{search(page, *picture.record)}"
    pdf = base64.b64decode(page.ask(DOWNLOAD % json.dumps(path)))
    number = str(picture.page)
    command = ["pdftoppm", "-png", "-r", "75", "-f", number, "-l", number, "-singlefile", "-"]
    return subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout


def _save(content, path):
    """Write the picture with few colours, since a screen has few: a third of the size."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
