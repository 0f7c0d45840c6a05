"""Private members of Odoo's web client are used in one file, which names the Odoo it fits."""

import re
from pathlib import Path

from odoo.release import version_info
from odoo.tests import BaseCase, tagged

ADDON = Path(__file__).parent.parent.parent / "addons" / "it_kpi_assessment"
SOURCES = ADDON / "static" / "src"
ADAPTER = SOURCES / "paper_form" / "paper_record.js"
# A member whose name begins with an underscore, of whatever object: record._changes, list["_x"].
# A list of one text, such as ["__count"], follows no object.
PRIVATE = re.compile(r"""\.\s*_[a-zA-Z]\w*|(?<=[\w)\].])\[\s*["'`]_\w+["'`]\s*\]""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)


def find_private(path):
    return PRIVATE.findall(COMMENT.sub("", path.read_text(encoding="utf-8")))


@tagged("post_install", "-at_install")
class TestPrivateMembers(BaseCase):
    def test_no_other_file_uses_private_members(self):
        scripts = [path for path in SOURCES.rglob("*") if path.suffix in (".js", ".xml")]
        users = {path.name: names for path in scripts if (names := find_private(path))}
        self.assertEqual(set(users), {ADAPTER.name}, users)

    def test_the_adapter_names_the_odoo_that_it_was_checked_with(self):
        """Another Odoo: run static/tests/paper_record.test.js with it, then name it there."""
        (checked,) = re.findall(r'CHECKED_WITH = "([\d.]+)"', ADAPTER.read_text(encoding="utf-8"))
        self.assertEqual(checked, "{}.{}".format(*version_info[:2]))

    def test_the_hoot_test_holds_every_member_that_is_used(self):
        test = (ADDON / "static" / "tests" / "paper_record.test.js").read_text(encoding="utf-8")
        for name in find_private(ADAPTER):
            self.assertRegex(test, rf"\n        {name.removeprefix('.')}: ")
