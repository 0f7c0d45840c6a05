from odoo import fields, models

from ..const import REASON_LENGTH


class ItKpiWithdrawWizard(models.TransientModel):
    """退出本年度考核: ask which unit is withdrawn from a year, why, and by which decision (R13)."""

    _name = "it.kpi.withdraw.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Withdrawal of a Unit from a Year"

    cycle_id = fields.Many2one("it.kpi.cycle", readonly=True, ondelete="cascade")
    form_id = fields.Many2one(
        string="Unit",
        readonly=False,
        default=False,
        domain="[('cycle_id', '=', cycle_id), ('state', '!=', 'withdrawn')]",
    )
    decision = fields.Char(required=True)
    reason = fields.Text(required=True, max_length=REASON_LENGTH)

    def action_confirm(self):
        """Withdraw the unit from the year.

        :raise AccessError: the user is not of the division
        :raise UserError: reason or decision is missing, or the year is not under way
        """
        self.ensure_one()
        self.form_id.action_withdraw(self.reason, self.decision)
        return {"type": "ir.actions.act_window_close"}
