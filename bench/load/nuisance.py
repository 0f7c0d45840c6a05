"""One person who writes the longest texts, uploads the worst workbooks, and prints all the time."""

import base64
import io
import threading
import zipfile
from collections import Counter
from contextlib import suppress

import requests

PATIENCE = 180  # seconds
TEXT = "制度健全，按计划落实，"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override'
    ' PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.spreadsheetml.sharedStrings+xml"/></Types>'
)
REPORT = "/report/pdf/it_kpi_assessment.report_self"


class Nuisance:
    """A reporter with a form of their own, in a year of which nobody else fills in anything."""

    def __init__(self, town, password):
        town.year += 1
        [self.form] = town.make_forms(1)
        self.database, self.password = town.database, password
        self.counts = Counter()

    def go_on(self, address, over, at_once):
        """Do it until ``over`` is set, ``at_once`` times each; return notes of what came of it."""
        acts = (self.write_long_texts, self.upload, self.print)
        threads = [
            threading.Thread(target=self.repeat, args=(act, address, over))
            for act in acts
            for _window in range(at_once)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [f"{count} x {what}" for what, count in sorted(self.counts.items())]

    def repeat(self, act, address, over):
        session = requests.Session()
        session.trust_env = False  # no proxy
        ask = self.get_asking(session, address)
        names = {"db": self.database, "login": self.form["reporter"], "password": self.password}
        ask("/web/session/authenticate", **names)
        while not over.is_set():
            with suppress(requests.RequestException):
                self.counts[act(session, address, ask)] += 1

    def get_asking(self, session, address):
        def ask(path, **params):
            body = {"jsonrpc": "2.0", "method": "call", "params": params}
            return session.post(address + path, json=body, timeout=PATIENCE).json()

        return ask

    def call(self, ask, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return ask(f"/web/dataset/call_kw/{model}/{method}", **params)

    def write_long_texts(self, _session, _address, ask):
        """Fill every line with as much as it holds, and try to write far more."""
        for size, lines in ((5_000, self.form["lines"]), (300_000, self.form["lines"][:1])):
            values = {"explanation": (TEXT * size)[:size], "remark": (TEXT * 500)[: size // 10]}
            self.call(ask, "it.kpi.assessment.line", "write", lines, values)
        return "longest texts written"

    def upload(self, _session, _address, ask):
        """Upload a workbook of few bytes that holds a million texts, and one with entities."""
        for content in (WORST, BOMB):
            values = {"form_id": self.form["id"], "file": base64.b64encode(content).decode()}
            model = "it.kpi.offline.wizard"
            dialog = self.call(ask, model, "create", values).get("result")
            if dialog:
                self.call(ask, model, "action_check", [dialog])
        return "workbooks uploaded"

    def print(self, session, address, _ask):
        page = session.get(f"{address}{REPORT}/{self.form['id']}", timeout=PATIENCE)
        if page.content.startswith(b"%PDF"):
            return "longest report printed"
        return "print refused" if page.status_code < 500 or "打印" in page.text else "print failed"


def build(texts):
    """Return a workbook whose shared texts are as given."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>')
        archive.writestr("xl/sharedStrings.xml", texts)
    return stream.getvalue()


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
BOMB = build(f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{ENTITIES}]><x>&a8;</x>')
WORST = build(f'<sst xmlns="{MAIN}">' + "<si/>" * 400_000 + "</sst>")
