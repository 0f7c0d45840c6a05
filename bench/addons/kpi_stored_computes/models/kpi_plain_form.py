from odoo import api, fields, models


class KpiPlainForm(models.Model):
    """A form of a unit, with its total."""

    _name = "kpi.plain.form"
    _description = "Plain Form"

    unit_id = fields.Many2one("kpi.plain.unit", required=True, index=True, ondelete="cascade")
    kind = fields.Selection([("assessment", "Assessment"), ("survey", "Survey")], required=True)
    state = fields.Selection([("draft", "Draft"), ("filed", "Filed")], default="filed")
    line_ids = fields.One2many("kpi.plain.line", "form_id")
    total = fields.Float(digits=(6, 2), compute="_compute_total", store=True)

    @api.depends("line_ids.points_earned")
    def _compute_total(self):
        for form in self:
            form.total = sum(form.line_ids.mapped("points_earned"))
