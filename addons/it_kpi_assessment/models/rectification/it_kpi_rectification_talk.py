from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import ORDER_UNDER_WAY
from ...tools.locking import touch
from ..mixins.it_kpi_editable import Editable

BY_DIVISION = Editable(ORDER_UNDER_WAY, ("division",))


class ItKpiRectificationTalk(models.Model):
    """约谈: a talk with a unit that has to rectify, on record with date, people and points."""

    _name = "it.kpi.rectification.talk"
    _inherit = ["it.kpi.primary", "it.kpi.editable"]
    _description = "Talk with a Unit"
    _order = "order_id, date, id"
    _rec_name = "date"

    _state_holder = "order_id"
    _editable_depends = ("order_id.state",)
    _editable = dict.fromkeys(("date", "people", "points"), BY_DIVISION)
    _creation_fields = {"order_id"}

    order_id = fields.Many2one(
        "it.kpi.rectification",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.context.get("active_id"),
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, precompute=True
    )
    unit_name = fields.Char(related="order_id.unit_name", string="Name of the Unit")
    date = fields.Date(
        "Held On", required=True, default=lambda self: fields.Date.context_today(self)
    )
    people = fields.Text(
        required=True, max_length=1000, help="Who talked with whom, with their offices."
    )
    points = fields.Text(required=True, help="What was said, and what the unit has to do.")

    @api.model_create_multi
    def create(self, vals_list):
        talks = super().create(vals_list)
        for talk in talks:
            talk.order_id.sudo()._message_log(
                body=self.env._(
                    "Talk (约谈) on %(day)s with: %(people)s", day=talk.date, people=talk.people
                )
            )
        return talks

    @api.constrains("date")
    def _check_held(self):
        for talk in self:
            if talk.date > fields.Date.context_today(self):
                raise UserError(self.env._("Record a talk once it was held."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A talk stays on record."))

    def _lock_for_edit(self, names):
        """Touch the order, so that a concurrent move is retried on what was recorded."""
        touch(self.order_id)
