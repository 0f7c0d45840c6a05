from odoo import api, fields, models

from ..const import REASON_LENGTH
from ..tools.terms import get_proposed_deadline


class ItKpiCycleWizard(models.TransientModel):
    """Ask for what the division changes of a year: the deadline of an open one, the units that join
    it, whether its review starts, or the end of its public notice.

    Each has a reason, which the start of the review needs only while forms are missing.
    """

    _name = "it.kpi.cycle.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Change of an Open Year"

    act = fields.Selection(
        [
            ("move_deadline", "Move the deadline"),
            ("add_units", "Add units"),
            ("start_review", "Start the review"),
            ("move_notice_end", "Move the end of the notice"),
        ],
        required=True,
        readonly=True,
    )
    cycle_id = fields.Many2one(
        "it.kpi.cycle",
        "Year",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    deadline = fields.Datetime("Deadline so Far", related="cycle_id.deadline", related_sudo=False)
    notice_until = fields.Datetime(
        "End so Far", related="cycle_id.notice_until", related_sudo=False
    )
    until = fields.Datetime(
        "New Deadline",
        compute="_compute_until",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    other_unit_ids = fields.Many2many("it.kpi.unit", compute="_compute_other_unit_ids")
    unit_ids = fields.Many2many("it.kpi.unit", string="Units That Join")
    missing_forms = fields.Text(
        compute="_compute_missing_forms",
        help="The forms that are neither filed nor recorded as not filed.",
    )
    reason = fields.Text(max_length=REASON_LENGTH)

    @api.constrains("cycle_id")
    def _check_cycle_id(self):
        self.cycle_id.sudo(False).check_access("read")  # constraints run as sudo

    @api.depends("cycle_id")
    def _compute_until(self):
        """Propose the deadline so far, or the nearest one that leaves the units their time."""
        for wizard in self:
            so_far = wizard.notice_until or wizard.deadline
            wizard.until = max(filter(None, [so_far, get_proposed_deadline()]))

    @api.depends("cycle_id")
    def _compute_other_unit_ids(self):
        for wizard in self:
            cycle = wizard.cycle_id
            wizard.other_unit_ids = self.env["it.kpi.unit"].search(
                [("company_id", "=", cycle.company_id.id), ("id", "not in", cycle.unit_ids.ids)]
            )

    @api.depends("cycle_id", "act")
    def _compute_missing_forms(self):
        for wizard in self:
            cycle = wizard.cycle_id if wizard.act == "start_review" else self.env["it.kpi.cycle"]
            wizard.missing_forms = "\n".join(cycle._get_missing_forms()) if cycle else False

    def action_confirm(self):
        """Move the deadline or the end of the notice, let the units join, or start the review.

        :raise AccessError: the act is for the division
        :raise UserError: the year is not open, the deadline leaves too little time, or a reason is
            missing
        """
        self.ensure_one()
        if self.act == "start_review":
            self.cycle_id.action_start_review(self.reason)
        elif self.act == "move_deadline":
            self.cycle_id.action_move_deadline(self.until, self.reason)
        elif self.act == "move_notice_end":
            self.cycle_id.action_move_notice_end(self.until, self.reason)
        else:
            self.cycle_id.action_add_units(self.unit_ids.ids, self.reason)
        return {"type": "ir.actions.act_window_close"}
