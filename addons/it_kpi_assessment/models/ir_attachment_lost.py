import logging
import os
from contextlib import suppress

from markupsafe import Markup
from psycopg2 import OperationalError
from werkzeug.exceptions import NotFound

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

OURS = "it.kpi.%"


class IrAttachment(models.Model):
    """Files that are lost: a database that was restored without its files still lists them.

    A user who opens one reads that it is missing, the records that it belongs to say so, and a
    daily check writes them into the log. Scripts and styles of the screens, which are files too,
    are built anew.
    """

    _inherit = "ir.attachment"

    def _register_hook(self):
        """Forget lost scripts and styles when the server starts: else every screen stays white."""
        super()._register_hook()
        lost = self._find_lost(SQL("url LIKE '/web/assets/%%'"))
        # Another process that starts may be deleting them.
        with suppress(OperationalError), self.env.cr.savepoint():
            lost.unlink()

    @api.model
    def _find_lost(self, condition):
        """Return the files whose content is not in the file store, or not all of it.

        :param SQL condition: on the table ``ir_attachment``
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT id, store_fname, file_size FROM ir_attachment "
                "WHERE store_fname IS NOT NULL AND %s",
                condition,
            )
        )
        lost = [file_id for file_id, name, size in rows if self._is_lost(name, size)]
        return self.sudo().browse(lost)

    def _is_lost(self, name, size):
        """Return whether a file of the file store is missing, or cut off (size in bytes)."""
        try:
            return os.stat(self._full_path(name)).st_size != size
        except OSError:
            return True

    def _get_lost(self):
        """Return those of these files that are lost."""
        self.flush_recordset(["store_fname", "file_size"])
        return self._find_lost(SQL("id IN %s", tuple(self.ids))) if self.ids else self

    def _to_http_stream(self):
        """Answer with a sentence where Odoo would end with an error of the operating system."""
        if self.store_fname and self.sudo()._is_lost(self.store_fname, self.file_size):
            raise NotFound(self._get_lost_sentence())
        return super()._to_http_stream()

    def _get_lost_sentence(self):
        return self.env._(
            "“%s” is missing on the server. Have the administrator restore the files of the "
            "database.",
            self.name,
        )

    @api.model
    def _find_lost_records_files(self):
        """Return the lost files of the assessment's records: evidence, signatures, signed forms."""
        self.env.flush_all()
        return self._find_lost(SQL("res_model LIKE %s", OURS))

    @api.autovacuum
    def _check_for_lost_files(self):
        """Write the lost files into the server's log, daily."""
        lost = self._find_lost_records_files()
        if lost:
            places = sorted({f"{file.res_model},{file.res_id}" for file in lost})
            _logger.error(
                "%s files of the assessment are lost, those of: %s", len(lost), " ".join(places)
            )

    @api.model
    def action_list_lost_files(self):
        """Return the action that lists the lost files of the assessment, for administrators.

        :raise AccessError: the user is no administrator
        """
        if not self.env.is_system():
            raise AccessError(self.env._("The files are checked by the administrator."))
        title = self.env._("Lost Files")
        nothing_lost = self.env._("Every file of the assessment is there.")
        action = self.env["ir.actions.act_window"]._for_xml_id("base.action_attachment")
        return {
            **action,
            "name": title,
            "domain": [("id", "in", self._find_lost_records_files().ids)],
            "context": {},
            "help": Markup("<p>%s</p>") % nothing_lost,
        }
