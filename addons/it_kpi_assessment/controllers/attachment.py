import os
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController

from ..const import MOST_ZIPPED, MOST_ZIPPED_MB
from .workbook import send_file

# What a name in an archive must not have: it would be a path, or no name on some system.
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class ZipController(AttachmentController):
    """The download of many files as one archive, which is built in the server's memory."""

    @http.route()
    def mail_attachment_get_zip(self, file_ids, zip_name, **kw):
        """Send an archive of files that the user may read, each of them once.

        :raise UserError: these are no ids, too many files, or together too large
        """
        try:
            ids = dict.fromkeys(int(number) for number in file_ids.split(","))
        except ValueError as error:
            raise UserError(request.env._("Choose the files once more.")) from error
        files = request.env["ir.attachment"].browse(ids).exists()
        files.check_access("read")
        size = sum(files.sudo().mapped("file_size")) / 1024 / 1024
        if len(ids) > MOST_ZIPPED or size > MOST_ZIPPED_MB:
            raise UserError(
                request.env._(
                    "These are %(count)s files of %(size)s MB; one archive takes %(most)s files "
                    "and %(limit)s MB. Download them in several parts.",
                    count=len(ids),
                    size=round(size),
                    most=MOST_ZIPPED,
                    limit=MOST_ZIPPED_MB,
                )
            )
        return super().mail_attachment_get_zip(",".join(map(str, files.ids)), zip_name, **kw)

    def _make_zip(self, name, attachments):
        """Return the archive, in which files of one name do not replace each other, and no name
        leads out of the folder that it is unpacked to."""
        archive, used = BytesIO(), set()
        with ZipFile(archive, "w", ZIP_DEFLATED) as files:
            for file in attachments:
                stream = request.env["ir.binary"]._get_stream_from(file, "raw")
                files.writestr(get_free_name(stream.download_name, used), stream.read())
        return send_file(archive.getvalue(), "application/zip", name)


def get_free_name(name, used):
    """Return a name for a file in an archive, and add it to those that are used."""
    stem, ending = os.path.splitext(_NO_NAME.sub("_", name).lstrip(". ") or "_")
    free, number = f"{stem}{ending}", 1
    while free in used:
        number += 1
        free = f"{stem} ({number}){ending}"
    used.add(free)
    return free
