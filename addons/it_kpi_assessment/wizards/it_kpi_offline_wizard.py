from hashlib import sha256

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..offline.answers import get_vals
from ..offline.archive import decode
from ..offline.reader import MAX_ROWS, OfflineForm
from ..tools.timezone import format_moment


class ItKpiOfflineWizard(models.TransientModel):
    """Show the changes of an uploaded workbook, answer by answer, and write the chosen ones.

    The lines are written with the rights of the user; nothing in the file grants any right.
    """

    _name = "it.kpi.offline.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Upload of a Form Filled Offline"

    file = fields.Binary("Workbook", attachment=False)
    file_name = fields.Char(max_length=255)
    is_checked = fields.Boolean(readonly=True)
    origin = fields.Char("Downloaded", readonly=True)
    errors = fields.Text(readonly=True, max_length=MAX_ROWS * 300)
    change_ids = fields.One2many("it.kpi.offline.wizard.change", "wizard_id", "Changes")

    @api.onchange("file")
    def _onchange_file(self):
        """Require another check for another file."""
        self.is_checked = False

    def action_check(self):
        """Read the file and show its changes, or all its errors.

        :raise UserError: the file is not this form's, or the user cannot fill the form now
        """
        self.ensure_one()
        uploaded = self._read_file()
        changes = [] if uploaded.errors else uploaded.changes
        self.write(
            {
                "is_checked": True,
                "origin": self._get_origin(uploaded.keys),
                "errors": "\n".join(uploaded.errors),
                "change_ids": [Command.clear()]
                + [Command.create(self._prepare_change(change)) for change in changes],
            }
        )
        return self._get_records_action(name=self.env._("Upload from Excel"), target="new")

    def action_take_over(self):
        """Write the chosen changes onto the form's lines, all or none.

        :raise UserError: the file has errors, nothing is chosen, or the form or the file is no
            longer what was shown
        """
        self.ensure_one()
        uploaded = self._read_file()
        if uploaded.errors:
            raise UserError("\n".join(uploaded.errors))
        self._check_as_shown(uploaded.changes)
        taken = {(change.line_id, change.name) for change in self.change_ids if change.is_taken}
        vals = {}
        for change in uploaded.changes:
            if (change.line, change.name) in taken:
                answer = get_vals(change.line, change.name, change.value)
                vals.setdefault(change.line, {}).update(answer)
        if not vals:
            raise UserError(self.env._("There is nothing to take over."))
        for line, values in vals.items():
            line.write(values)
        self._log(len(vals))
        self.file = False  # its answers are on the form now
        return {"type": "ir.actions.act_window_close"}

    def _read_file(self):
        self.form_id._check_offline()
        return OfflineForm(self.form_id, self._get_content())

    def _get_content(self):
        return decode(self.env, self.with_context(bin_size=False).file)

    def _prepare_change(self, change):
        """Return the values of a row; in a conflict the answer on the form is kept by default."""
        return {
            "line_id": change.line.id,
            "name": change.name,
            "current": change.current,
            "value": change.value,
            "is_conflict": change.is_conflict,
            "is_taken": not change.is_conflict,
        }

    def _check_as_shown(self, changes):
        """Raise a UserError unless the user saw exactly these changes."""
        shown = {
            (change.line_id, change.name, change.current or "", change.value or "")
            for change in self.change_ids
        }
        if not self.is_checked or shown != {tuple(change[:4]) for change in changes}:
            raise UserError(
                self.env._(
                    "The form or the file is no longer what was shown to you. Check the file again "
                    "to see what it would change now."
                )
            )

    def _get_origin(self, keys):
        """Return when the file was downloaded and the state of the form then, or False.

        Both come from the hidden sheet, which may be missing or damaged.
        """
        states = dict(self.form_id._fields["state"]._description_selection(self.env))
        try:
            moment = fields.Datetime.to_datetime(keys.get("downloaded_at"))
        except ValueError:
            return False
        state = states.get(keys.get("state"), "—")
        return bool(moment) and f"{format_moment(moment)}（{state}）"

    def _log(self, count):
        self.form_id._message_log(
            body=self.env._(
                "Lines taken over from a form filled offline: %(count)s. File “%(name)s”, "
                "SHA-256 %(digest)s",
                count=count,
                name=(self.file_name or "")[:100],
                digest=sha256(self._get_content()).hexdigest(),
            )
        )
