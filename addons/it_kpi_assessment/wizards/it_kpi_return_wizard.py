from odoo import Command, api, fields, models

from ..tools.terms import get_earliest_deadline, get_proposed_deadline

# Key of the context: the id of the line from which the dialog was opened, to be returned.
ASKED = "it_kpi_returned_line_id"


class ItKpiReturnWizard(models.TransientModel):
    """Choose the lines of a submitted self-assessment that the unit has to correct."""

    _name = "it.kpi.return.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Return of Lines"

    needs_time = fields.Boolean(compute="_compute_needs_time")
    extended_until = fields.Datetime(
        "May Submit Again until",
        compute="_compute_extended_until",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
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
    def _compute_needs_time(self):
        for wizard in self:
            deadline = wizard.form_id.deadline
            wizard.needs_time = bool(deadline) and deadline < get_earliest_deadline()

    @api.depends("form_id")
    def _compute_extended_until(self):
        """Propose the nearest moment that leaves the unit its time, where the deadline does not."""
        for wizard in self:
            wizard.extended_until = wizard.needs_time and get_proposed_deadline()

    @api.depends("form_id")
    def _compute_line_ids(self):
        for wizard in self:
            lines = wizard.form_id.line_ids
            asked = lines.filtered(lambda line: line.id == self.env.context.get(ASKED))
            wizard.line_ids = [Command.clear()] + [
                Command.create({"line_id": line.id, "is_returned": line in asked})
                for line in asked | lines
            ]

    def action_confirm(self):
        """Return the chosen lines, each with its reason.

        :raise UserError: no line is chosen, a reason is missing, or the unit would have too little
            time to answer
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("is_returned")
        self.form_id.action_return(
            {line.line_id.id: line.reason for line in chosen}, self.extended_until or None
        )
        return {"type": "ir.actions.act_window_close"}
