from odoo import api, fields, models

from .counting import count_by


class ItKpiResult(models.Model):
    """What a unit got in a published cycle. The rows are frozen (R11)."""

    _name = "it.kpi.result"
    _inherit = ["it.kpi.frozen", "it.kpi.score"]
    _description = "Published Result"
    _log_access = False

    publication_id = fields.Many2one(
        "it.kpi.publication", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    cycle_id = fields.Many2one(required=True, index=True, ondelete="restrict")
    unit_id = fields.Many2one(required=True, index=True, ondelete="restrict")
    revision = fields.Integer(related="publication_id.revision")
    line_ids = fields.One2many("it.kpi.result.line", "result_id")
    rectification_count = fields.Integer(
        "Rectification Orders", compute="_compute_rectification_count"
    )

    _unit_unique = models.Constraint(
        "UNIQUE(publication_id, unit_id)", "A unit has one result in a publication."
    )

    @api.depends("cycle_id", "unit_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for result in self:
            result.display_name = f"{result.cycle_id.display_name} {result.unit_id.name}"

    @api.depends_context("uid")
    def _compute_rectification_count(self):
        counts = count_by(self.env["it.kpi.rectification"], "result_id", self)
        for result in self:
            result.rectification_count = counts.get(result, 0)

    def _get_lines_by_score(self):
        return {result: result.line_ids for result in self}

    def action_open_orders(self):
        """Open the rectification order of the unit, as far as the user can read it."""
        self.check_access("read")
        orders = self.env["it.kpi.rectification"]
        return orders.search([("result_id", "in", self.ids)])._get_records_action()
