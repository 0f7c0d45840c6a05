from odoo import fields, models

from ..const import REASON_LENGTH


class ItKpiExtendWizard(models.TransientModel):
    """Ask for the new deadline of one self-assessment, and for the reason."""

    _name = "it.kpi.extend.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Extension of a Deadline"

    deadline = fields.Datetime("Deadline so Far", related="form_id.deadline", related_sudo=False)
    until = fields.Datetime("Extended until", required=True)
    reason = fields.Text(required=True, max_length=REASON_LENGTH)

    def action_confirm(self):
        """Extend the deadline of the form.

        :raise UserError: the user may not extend it, or the new deadline is not later, or the
            form is filed
        """
        self.ensure_one()
        self.form_id.action_extend(self.until, self.reason)
        return {"type": "ir.actions.act_window_close"}
