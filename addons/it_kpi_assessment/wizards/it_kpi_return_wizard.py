from odoo import Command, api, fields, models


class ItKpiReturnWizard(models.TransientModel):
    """Choose the lines of a submitted self-assessment that the unit has to correct."""

    _name = "it.kpi.return.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Return of Lines"

    is_past_deadline = fields.Boolean(compute="_compute_is_past_deadline")
    extended_until = fields.Datetime("May Submit Again until")
    line_ids = fields.One2many(
        "it.kpi.return.wizard.line",
        "wizard_id",
        "Lines",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("form_id")
    def _compute_is_past_deadline(self):
        now = fields.Datetime.now()
        for wizard in self:
            deadline = wizard.form_id.deadline
            wizard.is_past_deadline = bool(deadline) and deadline < now

    @api.depends("form_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create({"line_id": line.id}) for line in wizard.form_id.line_ids
            ]

    def action_confirm(self):
        """Return the chosen lines, each with its reason.

        :raise UserError: no line is chosen, a reason is missing, or the deadline has passed
            and no new one is given
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("is_returned")
        self.form_id.action_return(
            {line.line_id.id: line.reason for line in chosen}, self.extended_until or None
        )
        return {"type": "ir.actions.act_window_close"}
