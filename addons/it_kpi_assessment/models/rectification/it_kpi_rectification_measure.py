from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import clean_context
from odoo.tools.i18n import format_list

from ...tools.locking import touch

PLAN_FIELDS = {"name", "weakness_ids", "owner", "due_date"}
PROGRESS_FIELDS = {"done", "done_on"}
NOTES = {"remark", "attachment_ids"}


class ItKpiRectificationMeasure(models.Model):
    """整改措施: what the unit does about weak indicators, who does it, and until when."""

    _name = "it.kpi.rectification.measure"
    _inherit = ["it.kpi.current"]
    _description = "Rectification Measure"
    _order = "order_id, due_date, id"

    # What the unit fills in, by the state of the order: once signed, a measure is only reported on.
    _fillable_fields = {
        "issued": PLAN_FIELDS | NOTES | {"order_id"},
        "planned": PROGRESS_FIELDS | NOTES,
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
    remark = fields.Char()
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Evidence", copy=False, bypass_search_access=True
    )
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

    @api.model_create_multi
    def create(self, vals_list):
        # Defaults of the caller's context would set what the values may not.
        clean = self if self.env.su else self.with_context(clean_context(self.env.context))
        measures = super(ItKpiRectificationMeasure, clean).create(vals_list).with_env(self.env)
        if not self.env.su:
            for measure, vals in zip(measures, vals_list, strict=True):
                measure._check_fillable(name for name, value in vals.items() if value)
        measures._claim_evidence()
        return measures

    def write(self, vals):
        if not self.env.su:
            self._check_fillable(vals)
        result = super().write(vals)
        if not self.env.su and "order_id" in vals:
            self._check_fillable(vals)
        if "attachment_ids" in vals:
            self._claim_evidence()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if not self.env.su:
            self._check_fillable(PLAN_FIELDS)

    def _claim_evidence(self):
        for measure in self:
            measure.attachment_ids._claim_as_evidence(measure)

    def _check_unlocked(self):
        """Raise a UserError if the current user can no longer change the evidence."""
        self._check_fillable(())

    def _check_fillable(self, names):
        """Raise a UserError unless the current user can fill in all of these fields now.

        If so, who is signing the order at this moment begins again, and signs what is changed.
        """
        touch(self.order_id)
        for measure in self:
            order = measure.order_id
            order._check_fillable(["measure_ids"])
            locked = [
                name
                for name in names
                if name in self._fields and name not in self._fillable_fields[order.state]
            ]
            if locked:
                raise UserError(measure._get_locked_error(locked))

    def _get_locked_error(self, names):
        return self.env._(
            "%(order)s is “%(state)s”: “%(fields)s” of a measure cannot be changed now.",
            order=self.order_id.display_name,
            state=self.order_id._get_state_label(self.order_id.state),
            fields=format_list(
                self.env, [self._fields[name]._description_string(self.env) for name in names]
            ),
        )
