from odoo import api, fields, models

from ...const import FILED_STATE

# The states in which a form is filed: a correction is compared with what it said then.
FILED = set(FILED_STATE.values())


class ItKpiForm(models.AbstractModel):
    """Each line keeps a snapshot of itself when its form is returned or reopened.

    While the form is corrected the earlier mark is shown beside the new one. When it is filed
    again, the log lists what changed, and the snapshots are cleared.
    """

    _inherit = "it.kpi.form"

    is_correction = fields.Boolean(
        compute="_compute_is_correction", help="The form was filed before and is being corrected."
    )

    @api.depends("line_ids.former")
    def _compute_is_correction(self):
        for form in self:
            form.is_correction = any(line.former for line in form.line_ids)

    def _move(self, name, reason=None, **values):
        result = super()._move(name, reason, **values)
        move = self._moves[name]
        if move.target in FILED:
            self.sudo().line_ids._clear_snapshot()
        elif FILED.intersection(move.origins):
            self.sudo().line_ids._take_snapshot()
        return result

    def _get_move_notes(self, name):
        """List old and new values of a form that is filed again."""
        notes = super()._get_move_notes(name)
        if self._moves[name].target in FILED:
            changes = [text for line in self.line_ids if (text := line._describe_change())]
            notes.append((self.env._("Changed since it was filed before:"), changes))
        return notes
