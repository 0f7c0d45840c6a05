from odoo import fields, models


class ItKpiAwardLine(models.AbstractModel):
    """Mixin: a line of a proposal about one unit, which shows the unit's published result."""

    _name = "it.kpi.award.line"
    _inherit = ["it.kpi.primary", "it.kpi.editable"]
    _description = "Unit in a Proposal on a Published Result"
    _rec_name = "unit_name"

    result_id = fields.Many2one(
        "it.kpi.result", required=True, readonly=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(related="result_id.unit_id")
    unit_name = fields.Char(related="result_id.unit_name", string="Name of the Unit")
    unit_kind = fields.Selection(related="result_id.unit_kind")
    rank = fields.Integer(related="result_id.rank", aggregator=None)
    final = fields.Float(related="result_id.final", digits=(6, 2), aggregator=None)
    band = fields.Char(related="result_id.band")
