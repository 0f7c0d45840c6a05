from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import CYCLE_UNDER_WAY, FILED_STATE

# The states in which a form is filed: a correction is compared with what it said then.
FILED = set(FILED_STATE.values())


class ItKpiForm(models.AbstractModel):
    """Each line keeps a snapshot of itself when its form is returned or reopened.

    While the form is corrected the earlier mark is shown beside the new one. When it is filed
    again, the log lists what changed, and the snapshots are cleared.

    An objection that is upheld (更正) reopens the lines that it names, and no others, although the
    year is not open.
    """

    _inherit = "it.kpi.form"

    is_correction = fields.Boolean(
        compute="_compute_is_correction", help="The form was filed before and is being corrected."
    )
    in_correction = fields.Boolean(
        "Corrected after an Objection",
        readonly=True,
        copy=False,
        help="An objection was upheld: the lines that it names are open, and no others.",
    )

    @api.depends("line_ids.former")
    def _compute_is_correction(self):
        for form in self:
            form.is_correction = any(line.former for line in form.line_ids)

    def _is_being_corrected(self):
        """Return whether an objection reopened lines of this form, and the year is under way."""
        return self.in_correction and self.cycle_id.sudo().state in CYCLE_UNDER_WAY

    def _move(self, name, reason=None, **values):
        move = self._moves[name]
        if move.target in FILED:
            self.sudo()._check_corrected()
        result = super()._move(name, reason, **values)
        if move.target in FILED:
            self.sudo().line_ids._clear_snapshot()
            self.sudo()._end_correction()
        elif FILED.intersection(move.origins) and move.target != "withdrawn":
            self.sudo().line_ids._take_snapshot()
        return result

    def _get_move_notes(self, name):
        """List old and new values of a form that is filed again."""
        notes = super()._get_move_notes(name)
        if self._moves[name].target in FILED:
            changes = [text for line in self.line_ids if (text := line._describe_change())]
            notes.append((self.env._("Changed since it was filed before:"), changes))
        return notes

    def _correct(self, reasons):
        """Reopen the lines of this form that an objection corrects; all others stay locked.

        A form that is not filed is being filled anyway: only the lines are marked.

        :param dict reasons: the reason of the decision, by line
        """
        self.ensure_one()
        if self.state in FILED:
            self.line_ids._take_snapshot()
            self._reopen_filed(self.env._("An objection was upheld."))
        self.in_correction = True
        for line, reason in reasons.items():
            line.write({"in_correction": True, "correction_reason": reason})
        sentences = [f"{line.indicator_label}：{reason}" for line, reason in reasons.items()]
        self._message_log(
            body=self.env._("Reopened by an objection that was upheld: %s", "；".join(sentences))
        )

    def _reopen_filed(self, cause):
        """Put a filed form into the state in which its lines are filled, without its signatures."""
        raise NotImplementedError

    def _check_corrected(self):
        """Raise a UserError that names the lines of upheld objections that kept their mark."""
        lines = self.line_ids.filtered("in_correction")
        same = lines.filtered(lambda line: line.former and not line._has_other_mark())
        if same:
            raise UserError(
                self.env._(
                    "The objection to these lines was upheld: give each another mark than it had "
                    "before.\n%s",
                    "\n".join(same.mapped("indicator_label")),
                )
            )

    def _end_correction(self):
        """Lock the lines that objections reopened, and note that these are carried out."""
        corrected = self.filtered("in_correction")
        if corrected:
            corrected.line_ids.write({"in_correction": False})
            corrected.in_correction = False
            self.env["it.kpi.objection"]._follow_correction(corrected)
