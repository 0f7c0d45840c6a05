from odoo import Command, api, fields, models


class ItKpiEvidenced(models.AbstractModel):
    """Mixin: a record with files as evidence. What may be one: ``models/ir_attachment.py``.

    A file belongs to one record, and is deleted when it is removed from it: nothing stays in the
    database that the signed form does not list.

    Its class has ``_check_unlocked``, which raises if the evidence cannot change now.
    """

    _name = "it.kpi.evidenced"
    _description = "Record with Evidence"

    attachment_ids = fields.Many2many(
        "ir.attachment", string="Evidence", copy=False, bypass_search_access=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record.attachment_ids._claim_as_evidence(record)
        return records

    def write(self, vals):
        if "attachment_ids" not in vals:
            return super().write(vals)
        before = {record: record.attachment_ids for record in self.sudo()}
        result = super().write({**vals, "attachment_ids": self._link_sent_files(vals)})
        for record in self:
            record.attachment_ids._claim_as_evidence(record)
        for record, files in before.items():
            (files - record.attachment_ids)._delete_evidence(record)
        return result

    def _link_sent_files(self, vals):
        """Return the commands; a file that is sent again is linked and not stored once more.

        The paper form gives every chosen file an ``upload_key``. It sends the file again when the
        answer was lost, though the server may have stored it.
        """
        commands = vals["attachment_ids"]
        if len(self) != 1 or not isinstance(commands, list | tuple):
            return commands
        stored = {file.upload_key: file for file in self.sudo().attachment_ids if file.upload_key}
        return [
            Command.link(stored[key].id) if (key := _get_upload_key(command)) in stored else command
            for command in commands
        ]


def _get_upload_key(command):
    """Return the key of a command that creates a file, or None."""
    is_creation = isinstance(command, list | tuple) and command[:1] in ([0], (0,))
    vals = command[2] if is_creation and len(command) > 2 else None
    return vals.get("upload_key") if isinstance(vals, dict) else None
