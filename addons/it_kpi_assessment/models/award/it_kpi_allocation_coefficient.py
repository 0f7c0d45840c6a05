from odoo import fields, models

from ...tools.locking import touch
from .it_kpi_award import BY_DIVISION


class ItKpiAllocationCoefficient(models.Model):
    """What a grade of units multiplies their base by, in a proposal of funds."""

    _name = "it.kpi.allocation.coefficient"
    _inherit = ["it.kpi.primary", "it.kpi.editable"]
    _description = "Coefficient of a Grade"
    _order = "allocation_id, place"

    _state_holder = "allocation_id"
    _editable_depends = ("allocation_id.state",)
    _editable = {"coefficient": BY_DIVISION}

    allocation_id = fields.Many2one(
        "it.kpi.allocation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="allocation_id.company_id", store=True, index=True, precompute=True
    )
    name = fields.Char("Grade", required=True, readonly=True, max_length=20)
    place = fields.Integer(required=True, readonly=True, help="1 is the best grade.")
    coefficient = fields.Float(digits=(6, 3), required=True, default=1, aggregator=None)

    _place_unique = models.Constraint(
        "UNIQUE(allocation_id, place)", "A grade has one coefficient."
    )
    _coefficient_range = models.Constraint(
        "CHECK(coefficient >= 0)", "A coefficient is at least 0."
    )

    def _lock_for_edit(self, names):
        """Touch the proposal, so that a concurrent move is retried on the changed coefficient."""
        touch(self.allocation_id)
