from odoo import api, fields, models


class ItKpiResultLine(models.Model):
    """What a unit got on one indicator of one form in a published cycle. Frozen (R11)."""

    _name = "it.kpi.result.line"
    _inherit = ["it.kpi.frozen", "it.kpi.score.line"]
    _description = "Published Score on an Indicator"
    _log_access = False
    _order = "unit_order, result_id.id, kind, indicator_id, id"
    _unit_order = "unit_order, result_id.id"

    publication_id = fields.Many2one(
        "it.kpi.publication", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    result_id = fields.Many2one("it.kpi.result", required=True, readonly=True, ondelete="restrict")
    cycle_id = fields.Many2one(required=True, index=True, ondelete="restrict")
    unit_id = fields.Many2one(required=True, index=True, ondelete="restrict")
    unit_name = fields.Char(related="result_id.unit_name")
    unit_short_name = fields.Char(related="result_id.unit_short_name")
    unit_order = fields.Integer(required=True, readonly=True, aggregator=None)
    indicator_id = fields.Many2one(required=True, index=True, ondelete="restrict")

    # Also the index by which the lines of a result are found.
    _row_unique = models.Constraint(
        "UNIQUE(result_id, kind, indicator_id)",
        "A result has one line for an indicator of a form.",
    )

    @api.depends("kind", "indicator_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Name form and indicator: both forms of a unit have a line of each indicator."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            indicator = line.indicator_id.form_label or ""
            line.display_name = f"{kinds.get(line.kind, '')} {indicator}".strip()

    def _get_contributor_domain(self):
        return [
            *super()._get_contributor_domain(),
            ("publication_id", "in", self.publication_id.ids),
        ]

    def _get_mean_key(self):
        return (self.publication_id.id, self.kind, self.indicator_id.id)
