from odoo import api, fields, models


class ItKpiOpeningWizard(models.TransientModel):
    """Say what opening a year does and what is missing for it, and ask."""

    _name = "it.kpi.opening.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Opening of a Year"

    cycle_id = fields.Many2one(
        "it.kpi.cycle",
        "Year",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    unit_count = fields.Integer(related="cycle_id.unit_count")
    opening_questions = fields.Text(related="cycle_id.opening_questions")
    unstaffed_count = fields.Integer(related="cycle_id.unstaffed_count")

    @api.constrains("cycle_id")
    def _check_cycle_id(self):
        self.cycle_id.sudo(False).check_access("read")  # constraints run as sudo

    def action_show_unstaffed(self):
        """Open the units without a reporter or a leader instead of the year."""
        self.ensure_one()
        self.check_access("read")
        return self.cycle_id.action_show_unstaffed()

    def action_confirm(self):
        """Open the year, with what is missing as the dialog said.

        :return: the action that shows the long job, if there is one
        :raise UserError: the year cannot be opened
        """
        self.ensure_one()
        action = self.cycle_id.action_open(accepted=True)
        return action or {"type": "ir.actions.act_window_close"}
