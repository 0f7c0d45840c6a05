from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import REMARK_LENGTH, UNIT_STAFF
from ...tools.locking import touch
from ..mixins.it_kpi_editable import Editable

PLAN_FIELDS = ("name", "weakness_ids", "owner", "due_date")


class ItKpiRectificationMeasure(models.Model):
    """整改措施: what the unit does about weak indicators, who does it, and until when."""

    _name = "it.kpi.rectification.measure"
    _inherit = ["it.kpi.primary", "it.kpi.editable", "it.kpi.evidenced"]
    _description = "Rectification Measure"
    _order = "order_id, due_date, id"

    # The states are those of the order: once signed, a measure is only reported on.
    _state_holder = "order_id"
    _editable_depends = ("order_id.state",)
    _editable = {
        **dict.fromkeys((*PLAN_FIELDS, "order_id"), Editable(("issued",), UNIT_STAFF)),
        **dict.fromkeys(("done", "done_on"), Editable(("planned",), UNIT_STAFF)),
        **dict.fromkeys(("remark", "attachment_ids"), Editable(("issued", "planned"), UNIT_STAFF)),
    }

    order_id = fields.Many2one(
        "it.kpi.rectification", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, precompute=True
    )
    order_state = fields.Selection(
        string="State of the Order", related="order_id.state", related_sudo=False
    )
    name = fields.Text("Measure", required=True)
    weakness_ids = fields.Many2many(
        "it.kpi.rectification.weakness",
        "it_kpi_rectification_measure_weakness_rel",
        "measure_id",
        "weakness_id",
        "Weak Indicators",
        domain="[('order_id', '=', order_id)]",
        help="The indicators that the measure answers.",
    )
    owner = fields.Char("Person in Charge", required=True)
    due_date = fields.Date(required=True)
    is_due_too_late = fields.Boolean(
        compute="_compute_is_due_too_late", help="Due only after the unit has to report."
    )
    done = fields.Boolean()
    done_on = fields.Date(compute="_compute_done_on", store=True, readonly=False, precompute=True)
    remark = fields.Char(max_length=REMARK_LENGTH, multiline=True)
    attachment_count = fields.Integer("Evidence Files", compute="_compute_attachment_count")

    _done_has_date = models.Constraint(
        "CHECK((done IS TRUE) = (done_on IS NOT NULL))",
        "A measure that is done has the date when it was done, and no other one has.",
    )

    @api.depends("due_date", "order_id.report_until")
    def _compute_is_due_too_late(self):
        for measure in self:
            term = measure.order_id.report_until
            measure.is_due_too_late = bool(measure.due_date and term) and measure.due_date > term

    @api.depends("done")
    def _compute_done_on(self):
        today = fields.Date.context_today(self)
        for measure in self:
            measure.done_on = measure.done and (measure.done_on or today)

    @api.depends("attachment_ids")
    def _compute_attachment_count(self):
        for measure in self:
            measure.attachment_count = len(measure.attachment_ids)

    @api.constrains("done_on")
    def _check_not_ahead(self):
        for measure in self:
            if measure.done_on and measure.done_on > fields.Date.context_today(self):
                raise ValidationError(
                    self.env._("“%s” cannot be done in the future.", measure.name)
                )

    @api.constrains("order_id", "weakness_ids")
    def _check_same_order(self):
        for measure in self:
            if measure.weakness_ids.order_id - measure.order_id:
                raise ValidationError(
                    self.env._("“%s” answers an indicator of another order.", measure.name)
                )

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and "order_id" in vals:
            self._check_editable(vals)  # in the order that they belong to now
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if not self.env.su:
            self._check_editable(PLAN_FIELDS)

    def _check_unlocked(self):
        """Raise a UserError if the current user can no longer change the evidence."""
        self._check_editable(["attachment_ids"])

    def _lock_for_edit(self, names):
        """Touch the order, so that a concurrent signature is retried on the changed measures."""
        touch(self.order_id)

    def _get_edit_error(self, names):
        order = self.order_id
        if "measure_ids" not in order._get_editable_names():
            return order._get_edit_error(["measure_ids"])
        return self.env._(
            "%(order)s is “%(state)s”: “%(fields)s” of a measure cannot be changed now.",
            order=order.display_name,
            state=order._get_state_label(order.state),
            fields=self._get_field_labels(names),
        )
