"""Chromium by its debugging protocol: open a page, click its elements, take a picture."""

import base64
import json
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager

import websocket

SWITCHES = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
    *("--force-device-scale-factor=1", "--lang=zh-CN", "--accept-lang=zh-CN"),
    *("--remote-debugging-port=0", "--remote-allow-origins=*"),
)
PATIENCE = 60  # seconds
QUIET = 0.4  # seconds without a request after which a page counts as idle
# Nothing blinks, slides or fades, so that the same page makes the same picture.
STILL = """
addEventListener("DOMContentLoaded", () => {
    const style = document.createElement("style");
    style.textContent = `*, *::before, *::after {
        animation: none !important;
        transition: none !important;
        caret-color: transparent !important;
    }`;
    document.head.append(style);
});
"""
FIND = """
[...document.querySelectorAll(%s)].filter(
    (e) => e.getClientRects().length && e.textContent.includes(%s)
)[0]
"""
BOX = "(({x, y, width, height}) => [x, y, width, height])(%s.getBoundingClientRect())"


class PageError(Exception):
    """The page does not show what was asked for, or reports an error."""


@contextmanager
def chromium():
    """A ``Page`` of a Chromium of its own, which ends with the block."""
    with tempfile.TemporaryDirectory(prefix="kpi-", ignore_cleanup_errors=True) as folder:
        command = ["chromium", *SWITCHES, f"--user-data-dir={folder}", "about:blank"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                yield Page(_connect(process))
            finally:
                process.terminate()


def _connect(process):
    """Return a connection to the first page; Chromium prints the address of its port."""
    for line in process.stderr:
        if "DevTools listening on ws://" in line:
            host = line.split("ws://")[1].split("/")[0]
            break
    else:
        raise PageError("Chromium did not start.")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    tabs = json.load(opener.open(f"http://{host}/json", timeout=PATIENCE))
    address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
    return websocket.create_connection(address, timeout=PATIENCE)


class Page:
    """One page; every method returns when the page is idle again."""

    def __init__(self, connection):
        self._connection = connection
        self._count = 0
        self._requests = set()
        for domain in ("Page", "Runtime", "Network"):
            self._command(f"{domain}.enable")
        self._command("Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
        self.begin_with(STILL)

    def resize(self, width, height):
        """Give the window this size in pixels."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._command("Emulation.setDeviceMetricsOverride", **metrics)
        self.settle()

    def begin_with(self, script):
        """Run a script at the beginning of every page from now on."""
        self._command("Page.addScriptToEvaluateOnNewDocument", source=script)

    def open(self, address):
        """Load another page."""
        self._command("Page.navigate", url=address)
        self.settle()

    def forget(self):
        """Log out, by dropping all cookies."""
        self._command("Network.clearBrowserCookies")

    def ask(self, expression):
        """Return the value of the JavaScript expression; a promise is awaited."""
        answer = self._command(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise PageError(json.dumps(answer["exceptionDetails"], ensure_ascii=False))
        return answer["result"].get("value")

    def find(self, selector, text=""):
        """Scroll to the first visible element that fits, and return its box."""
        element = FIND % (json.dumps(selector), json.dumps(text))
        self._wait(f"Boolean({element})", f"There is no {selector} with “{text}”.")
        self.ask(f"{element}.scrollIntoView({{block: 'nearest'}})")
        return self.ask(BOX % element)

    def click(self, selector, text=""):
        """Click the first visible element that fits."""
        x, y, width, height = self.find(selector, text)
        self.drag([(x + width / 2, y + height / 2)] * 2)

    def hover(self, selector):
        """Move the mouse to the middle of the first visible element that fits."""
        x, y, width, height = self.find(selector)
        self._command(
            "Input.dispatchMouseEvent", type="mouseMoved", x=x + width / 2, y=y + height / 2
        )
        self.settle()

    def drag(self, points):
        """Press at the first point, move through the others, and release."""
        kinds = ["mousePressed"] + ["mouseMoved"] * (len(points) - 2) + ["mouseReleased"]
        for kind, (x, y) in zip(kinds, points, strict=True):
            self._command(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )
        self.settle()

    def type(self, text):
        """Type at the cursor."""
        self._command("Input.insertText", text=text)
        self.settle()

    def picture(self, selector=""):
        """Return the window as PNG, or the part of it that the element takes."""
        options = {}
        if selector:
            x, y, width, height = self.find(selector)
            options = {"clip": {"x": x, "y": y, "width": width, "height": height, "scale": 1}}
        return base64.b64decode(self._command("Page.captureScreenshot", **options)["data"])

    def settle(self):
        """Wait until the page is loaded, has no request under way, and is drawn."""
        self._wait("document.readyState === 'complete'", "The page does not load.")
        end, quiet_since = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() < min(end, quiet_since + QUIET):
            self.ask("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
            time.sleep(0.05)
            if self._requests:
                quiet_since = time.monotonic()

    def _wait(self, condition, failure):
        end = time.monotonic() + PATIENCE
        while not self.ask(condition):
            if time.monotonic() > end:
                raise PageError(failure)
            time.sleep(0.1)

    def _command(self, method, **parameters):
        number = self._send(method, **parameters)
        while True:
            answer = json.loads(self._connection.recv())
            if answer.get("id") == number:
                break
            self._note(answer.get("method"), answer.get("params", {}))
        if "error" in answer:
            raise PageError(f"{method}: {answer['error']}")
        return answer["result"]

    def _send(self, method, **parameters):
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        self._connection.send(json.dumps(message))
        return self._count

    def _note(self, event, details):
        """Track the page's open requests; those of its workers have no loader and never end."""
        if event == "Network.requestWillBeSent" and details["loaderId"]:
            self._requests.add(details["requestId"])
        elif event in ("Network.loadingFinished", "Network.loadingFailed"):
            self._requests.discard(details["requestId"])
        elif event == "Page.frameNavigated":
            self._requests.clear()
        elif event == "Page.javascriptDialogOpening":  # asks whether to leave what is not saved
            self._send("Page.handleJavaScriptDialog", accept=True)
        elif event == "Runtime.exceptionThrown":
            raise PageError(json.dumps(details, ensure_ascii=False))
