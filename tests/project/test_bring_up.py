"""What was brought up can do what the other tests take for granted."""

import io
import subprocess
import sys

from pypdf import PdfReader

from odoo.tests.common import HttpCase, TransactionCase, tagged

from tools.odoo import Odoo


@tagged("post_install", "-at_install")
class TestTools(TransactionCase):
    def test_chinese_is_loaded_and_odoos_demonstration_is_not(self):
        self.assertTrue(self.env["res.lang"]._get_data(code="zh_CN"))
        self.assertFalse(self.env.ref("base.user_demo", raise_if_not_found=False))

    def test_there_are_chinese_fonts(self):
        families = subprocess.check_output(["fc-list", ":lang=zh", "family"], text=True)
        self.assertIn("Noto Serif CJK SC", families)

    def test_the_server_can_start_itself_once_more(self):
        """Odoo does so when a request took longer than its limits, by the path of its script."""
        [_python, script, *arguments] = Odoo(None, None, None, {}).command("--version")
        once_more = [sys.executable, script, *arguments]
        self.assertIn("Odoo Server 19", subprocess.check_output(once_more, text=True))

    def test_the_pdf_engine_prints_chinese(self):
        import weasyprint

        page = "<html lang='zh-CN'><meta charset='utf-8'><body>考核结果通报</body></html>"
        by_weasyprint = weasyprint.HTML(string=page).write_pdf()
        self.assertIn("考核结果通报", PdfReader(io.BytesIO(by_weasyprint)).pages[0].extract_text())


@tagged("post_install", "-at_install")
class TestBrowser(HttpCase):
    def test_the_login_page_loads(self):
        self.assertIn('name="password"', self.url_open("/web/login").text)

    def test_the_backend_loads_in_the_browser(self):
        self.browser_js(
            "/odoo",
            "console.log('test successful')",
            ready="document.querySelector('.o_main_navbar') !== null",
            login="admin",
        )
