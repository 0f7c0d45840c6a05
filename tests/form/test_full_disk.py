"""A file for which the server has no room is refused, and can be sent again later."""

import os
import resource
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import TransactionCase

CONTENT = os.urandom(64 * 1024)


@contextmanager
def room_for(size):
    """Let this process write no file larger than ``size`` bytes: the rest finds no room."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestFullDisk(TransactionCase):
    def keep(self):
        return self.env["ir.attachment"].create({"name": "台账.bin", "raw": CONTENT})

    def test_a_file_that_found_no_room_is_refused_with_the_reason(self):
        with room_for(4096), self.assertRaisesRegex(UserError, "磁盘|disk"):
            self.keep()

    def test_the_same_file_is_kept_whole_once_there_is_room(self):
        with room_for(4096), self.assertRaises(UserError):
            self.keep()
        file = self.keep()
        file.invalidate_recordset()
        self.assertEqual(file.raw, CONTENT)
