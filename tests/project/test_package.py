"""Each addon can be built as a Python package, and has a page in the list of apps."""

import ast
import re
from pathlib import Path
from unittest import TestCase

import lxml.html

from odoo.tools import html_sanitize

from tools.pictures import SHOWN

ROOT = Path(__file__).parent.parent.parent
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
FRAGMENTS = ("DESCRIPTION", "CONFIGURE", "USAGE", "CONTRIBUTORS", "HISTORY")


class TestPackage(TestCase):
    def test_each_addon_is_built_by_whool(self):
        self.assertGreater(len(ADDONS), 1)
        for addon in ADDONS:
            with self.subTest(addon=addon.name):
                self.assertIn("whool.buildapi", (addon / "pyproject.toml").read_text())

    def test_each_addon_has_the_fragments_of_a_readme(self):
        for addon in ADDONS:
            for fragment in FRAGMENTS:
                with self.subTest(addon=addon.name, fragment=fragment):
                    self.assertTrue((addon / "readme" / f"{fragment}.md").read_text().strip())

    def test_the_history_begins_with_the_version_of_the_manifest(self):
        for addon in ADDONS:
            with self.subTest(addon=addon.name):
                history = (addon / "readme" / "HISTORY.md").read_text()
                version = re.search(r"^## (\S+)", history, re.MULTILINE).group(1)
                manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
                self.assertEqual(manifest["version"], version)

    def test_the_page_of_an_addon_is_shown_whole(self):
        """Odoo sanitizes it; both languages, its styles and its pictures have to be left."""
        for addon in ADDONS:
            folder = addon / "static" / "description"
            page = (folder / "index.html").read_text()
            with self.subTest(addon=addon.name):
                shown = lxml.html.fromstring(html_sanitize(page))
                written = lxml.html.fromstring(page)
                self.assertEqual(shown.text_content().split(), written.text_content().split())
                self.assertEqual(len(shown.xpath("//@style")), len(written.xpath("//@style")))
                self.assertTrue(shown.xpath("//*[@lang='zh-CN']"))
                self.assertTrue(shown.xpath("//*[@lang='en']"))
                for picture in shown.xpath("//img/@src"):
                    self.assertTrue((folder / picture).is_file(), picture)

    def test_its_pictures_are_those_of_the_documents(self):
        folder = ROOT / "addons" / "it_kpi_assessment" / "static" / "description"
        for name in SHOWN:
            with self.subTest(picture=name):
                picture = ROOT / "docs" / f"{name}.png"
                self.assertEqual((folder / picture.name).read_bytes(), picture.read_bytes())
