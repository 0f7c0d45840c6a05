"""Many files of evidence in one archive: those that one may read, whole, once, and not too many."""

import io
from unittest.mock import patch
from zipfile import ZipFile

from odoo import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.it_kpi_assessment.controllers import attachment

from ..helpers.common import BureauCase

NAMES = ("证明.txt", "证明.txt", "../../证明.txt", "a/b.txt")


@tagged("post_install", "-at_install")
class TestArchives(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.line = cls.get_form(cls.cycle, "利州").line_ids[0]
        cls.line.attachment_ids = [
            Command.create({"name": name, "raw": f"证明 {number}".encode()})
            for number, name in enumerate(NAMES)
        ]
        cls.files = cls.line.attachment_ids
        cls.env.flush_all()

    def download(self, ids, role="reporter"):
        self.authenticate(f"test_{role}", f"test_{role}")
        with patch.object(Request, "validate_csrf", lambda self, token: True):
            return self.url_open(
                "/mail/attachment/zip",
                data={"file_ids": ",".join(map(str, ids)), "zip_name": "佐证材料.zip"},
            )

    def test_every_file_comes_once_under_a_name_of_its_own(self):
        response = self.download([*self.files.ids, *self.files.ids])
        self.assertEqual(response.status_code, 200)
        with ZipFile(io.BytesIO(response.content)) as archive:
            names = archive.namelist()
            self.assertEqual(len(names), len(NAMES))
            self.assertEqual(len(set(names)), len(NAMES))
            contents = {archive.read(name).decode() for name in names}
        self.assertEqual(contents, {f"证明 {number}" for number in range(len(NAMES))})
        self.assertFalse([name for name in names if "/" in name or name.startswith(".")])

    @mute_logger("odoo.http")
    def test_what_one_may_not_read_is_not_in_it(self):
        for role in ("assessor", "head", "leadership"):
            self.assertFalse(self.as_role(role, self.files[0]).has_access("read"))
            response = self.download(self.files.ids, role)
            self.assertNotEqual(response.status_code, 200)
            self.assertNotIn("证明".encode(), response.content)

    @mute_logger("odoo.http")
    def test_too_many_and_too_large_is_told(self):
        for name, limit in (("MOST_ZIPPED", 3), ("MOST_ZIPPED_MB", 0)):
            with patch.object(attachment, name, limit):
                response = self.download(self.files.ids)
            self.assertNotEqual(response.status_code, 200)
            self.assertIn("Download them in several parts", response.text)

    @mute_logger("odoo.http")
    def test_what_is_no_list_of_files_is_refused(self):
        for ids in (["x"], [""], ["1.5"]):
            self.assertLess(self.download(ids).status_code, 500)
