"""核验: pages without a login. Who has a paper learns of that paper, and of nothing else."""

import hashlib

from odoo import http
from odoo.http import request

from ..proof.codes import group_code

PAGE = "/it_kpi/check"
# The largest file that is compared, in bytes.
MOST_BYTES = 30 * 1024**2
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
}
UNKNOWN = "没有查到。请核对纸上的核验码后再试；仍然查不到的，请与印发单位联系。"
WAIT = "输入错误的次数过多，请一小时后再试。"
NO_FILE = "请选择要核对的PDF文件。"
TOO_LARGE = "文件过大，不能核对。"
OTHER_FILE = "这个文件不是系统保存的签字文件，或者保存后有改动。"
SAME_FILE = "这个文件与签字时保存的文件逐位一致。"


class CheckController(http.Controller):
    """The page that a QR code leads to, and the one where a signed file is dropped."""

    @http.route(PAGE, type="http", auth="public", methods=["GET"], readonly=False)
    def ask(self, code=None):
        """Show the page that asks for a code, or what is told of a code that was typed."""
        return self._answer(code) if code else self._render()

    @http.route(f"{PAGE}/<string:code>", type="http", auth="public", methods=["GET"])
    def scan(self, code):
        """Show what is told of a code that was scanned. Codes that there are not look alike."""
        return self._answer(code)

    @http.route(f"{PAGE}/file", type="http", auth="public", methods=["POST"], readonly=False)
    def compare(self, file=None):
        """Say whether a file is one that was kept when a form was signed, bit by bit."""
        if not file:
            return self._render(NO_FILE)
        if self._has_to_wait():
            return self._render(WAIT, 429)
        content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            return self._render(TOO_LARGE, 413)
        found = request.env["it.kpi.code"]._find_file(content)
        if not found:
            self._count_wrong()
            return self._render(OTHER_FILE)
        digest = hashlib.sha256(found.content).hexdigest()
        facts = [*found.facts, ("SHA-256", digest)]
        return self._render(paper=found._replace(facts=facts), message=SAME_FILE)

    def _answer(self, text):
        if self._has_to_wait():
            return self._render(WAIT, 429)
        code = request.env["it.kpi.code"]._find(text)
        if not code:
            self._count_wrong()
            return self._render(UNKNOWN, 404)
        return self._render(paper=code._get_paper(), code=group_code(code.code))

    def _has_to_wait(self):
        return request.env["it.kpi.guess"]._is_waiting(request.httprequest.remote_addr or "")

    def _count_wrong(self):
        request.env["it.kpi.guess"]._count_wrong(request.httprequest.remote_addr or "")

    def _render(self, message=None, status=200, **values):
        values = {"message": message, "paper": None, "code": None, "page": PAGE, **values}
        response = request.render("it_kpi_assessment.check_page", values)
        response.status_code = status
        response.headers.update(HEADERS)
        return response
