from datetime import timedelta

from odoo import api, fields, models

from ..const import REASON_LENGTH
from ..tools.timezone import end_of_day, get_day

PROPOSED_DAYS = 7


class ItKpiExtendWizard(models.TransientModel):
    """Ask for the new deadline of one self-assessment, and for the reason."""

    _name = "it.kpi.extend.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Extension of a Deadline"

    deadline = fields.Datetime("Deadline so Far", related="form_id.deadline", related_sudo=False)
    until = fields.Datetime(
        "Extended until",
        required=True,
        compute="_compute_until",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    reason = fields.Text(required=True, max_length=REASON_LENGTH)

    @api.depends("form_id")
    def _compute_until(self):
        """Propose the end of the seventh day from the deadline, or from now if that has passed."""
        now = fields.Datetime.now()
        for wizard in self:
            start = max(filter(None, [wizard.deadline, now]))
            wizard.until = end_of_day(get_day(start) + timedelta(days=PROPOSED_DAYS))

    def action_confirm(self):
        """Extend the deadline of the form.

        :raise UserError: the user may not extend it, or the new deadline is not later, or the
            form is filed
        """
        self.ensure_one()
        self.form_id.action_extend(self.until, self.reason)
        return {"type": "ir.actions.act_window_close"}
