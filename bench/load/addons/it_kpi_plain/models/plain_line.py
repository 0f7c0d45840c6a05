from odoo import api, fields, models


class PlainLine(models.Model):
    """A line with as many fields as one of the self-assessment."""

    _name = "it.kpi.plain.line"
    _description = "Plain Line"
    _rec_name = "indicator_id"

    form_id = fields.Many2one("it.kpi.plain.form", required=True, index=True, ondelete="cascade")
    year = fields.Integer(related="form_id.year", store=True, index=True)
    indicator_id = fields.Many2one("it.kpi.plain.indicator", required=True, index=True)
    grade_id = fields.Many2one("it.kpi.plain.grade")
    not_applicable = fields.Boolean()
    score = fields.Float(digits=(6, 2), compute="_compute_score", store=True)
    remark = fields.Char()
    explanation = fields.Text()
    attachment_ids = fields.Many2many("ir.attachment", bypass_search_access=True)
    measured_value = fields.Float()
    former = fields.Json()
    returned = fields.Boolean()
    return_reason = fields.Char()
    dimension_label = fields.Char(related="indicator_id.dimension")
    item_label = fields.Char(related="indicator_id.item")
    indicator_label = fields.Char(related="indicator_id.name", string="Indicator Name")
    points = fields.Float(related="indicator_id.points")
    criterion_ids = fields.One2many(related="indicator_id.criterion_ids")
    grade_code = fields.Char(related="grade_id.code")
    grade_ratio = fields.Float(related="grade_id.ratio")
    form_state = fields.Selection(related="form_id.state")
    form_deadline = fields.Datetime(related="form_id.deadline")
    unit_id = fields.Many2one(related="form_id.unit_id")
    company_id = fields.Many2one(related="form_id.company_id")
    lock_reason = fields.Char(related="form_id.lock_reason")
    findings = fields.Json(compute="_compute_findings")
    is_marked = fields.Boolean(compute="_compute_is")
    is_measured = fields.Boolean(compute="_compute_is")
    is_explained = fields.Boolean(compute="_compute_is")
    is_proven = fields.Boolean(compute="_compute_is")
    is_returned = fields.Boolean(compute="_compute_is")
    last_mark = fields.Char(compute="_compute_last")
    last_year = fields.Integer(compute="_compute_last")
    last_explanation = fields.Text(compute="_compute_last")
    last_remark = fields.Text(compute="_compute_last")
    last_points = fields.Float(compute="_compute_last")
    open_rectification = fields.Text(compute="_compute_last")
    measure_name = fields.Char(compute="_compute_last")

    @api.depends("grade_id.ratio", "indicator_id.points")
    def _compute_score(self):
        for line in self:
            line.score = line.indicator_id.points * line.grade_id.ratio

    @api.depends("grade_id", "not_applicable", "measured_value", "explanation", "attachment_ids")
    def _compute_is(self):
        for line in self:
            line.is_marked = bool(line.grade_id) or line.not_applicable
            line.is_measured = bool(line.measured_value)
            line.is_explained = bool(line.explanation)
            line.is_proven = bool(line.attachment_ids)
            line.is_returned = line.returned

    @api.depends("grade_id", "not_applicable", "explanation", "indicator_id.name")
    def _compute_findings(self):
        for line in self:
            is_marked = line.grade_id or line.not_applicable
            missing = [*["no mark"] * (not is_marked), *["no text"] * (not line.explanation)]
            line.findings = [f"{line.indicator_label}: {text}" for text in missing]

    @api.depends("indicator_id")
    def _compute_last(self):
        for line in self:
            line.last_mark = line.last_explanation = line.last_remark = False
            line.open_rectification = line.measure_name = False
            line.last_year = line.last_points = 0
