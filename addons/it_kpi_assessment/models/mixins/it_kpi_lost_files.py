from odoo import fields, models
from odoo.tools.i18n import format_list


class ItKpiLostFiles(models.AbstractModel):
    """Mixin: a record that says which of its files are lost.

    A database that was restored without its files lists evidence and signed versions that nobody
    can open. The record says so before somebody relies on them.
    """

    _name = "it.kpi.lost.files"
    _description = "Record That Tells Lost Files"

    # Paths to the fields of its files.
    _file_paths = ()

    lost_files = fields.Char(
        compute="_compute_lost_files", help="Files that are listed, and missing on the server."
    )

    def _compute_lost_files(self):
        """One query for all records, and a look at each file; named are those that the user may
        read."""
        found = {
            record: record.env["ir.attachment"].sudo().union(
                *(record._origin.sudo().mapped(path) for path in self._file_paths)
            )
            for record in self
        }  # fmt: skip
        lost = self.env["ir.attachment"].sudo().union(*found.values())._get_lost()
        for record, files in found.items():
            names = (files & lost).sudo(False)._filtered_access("read").mapped("name")
            record.lost_files = bool(names) and self.env._(
                "Missing on the server: %s. Have the administrator restore the files of the "
                "database.",
                format_list(self.env, names),
            )
