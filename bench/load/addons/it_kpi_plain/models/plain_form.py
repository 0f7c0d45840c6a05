from odoo import api, fields, models


class PlainForm(models.Model):
    """A form with lines, as many fields as the self-assessment, and no rules but Odoo's own."""

    _name = "it.kpi.plain.form"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Plain Form"

    year = fields.Integer(required=True, index=True)
    unit_id = fields.Many2one("res.partner", required=True, index=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index=True)
    state = fields.Selection(
        [("draft", "Being Filled In"), ("to_sign", "To Sign"), ("submitted", "Submitted")],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    version = fields.Integer()
    document_ids = fields.Many2many("ir.attachment", bypass_search_access=True)
    line_ids = fields.One2many("it.kpi.plain.line", "form_id")
    extended_until = fields.Datetime()
    handed_over_by_id = fields.Many2one("res.users")
    signature = fields.Binary(attachment=True)
    signed_by_id = fields.Many2one("res.users")
    signed_at = fields.Datetime()
    unfiled_reason = fields.Char()
    report_opening = fields.Text()
    report_closing = fields.Text()
    deadline = fields.Datetime(related="extended_until")
    user_id = fields.Many2one("res.users")
    unit_name = fields.Char(related="unit_id.name")
    unit_company_id = fields.Many2one(related="unit_id.company_id", string="Company of the Unit")
    company_name = fields.Char(related="company_id.name")
    signer_name = fields.Char(related="signed_by_id.name")
    line_count = fields.Integer(compute="_compute_progress")
    marked_count = fields.Integer(compute="_compute_progress")
    progress = fields.Char(compute="_compute_progress")
    progress_percent = fields.Float(compute="_compute_progress")
    graded_total = fields.Float(compute="_compute_progress")
    total = fields.Float(compute="_compute_progress")
    findings = fields.Json(compute="_compute_findings")
    is_late = fields.Boolean(compute="_compute_is")
    is_signed = fields.Boolean(compute="_compute_is")
    is_draft = fields.Boolean(compute="_compute_is")
    is_submitted = fields.Boolean(compute="_compute_is")
    lock_reason = fields.Char(compute="_compute_is")

    @api.depends("line_ids.grade_id", "line_ids.score")
    def _compute_progress(self):
        for form in self:
            lines = form.line_ids
            marked = lines.filtered("grade_id")
            form.line_count, form.marked_count = len(lines), len(marked)
            form.progress = f"{len(marked)}/{len(lines)}"
            form.progress_percent = 100 * len(marked) / (len(lines) or 1)
            form.graded_total = form.total = sum(lines.mapped("score"))

    @api.depends("line_ids.findings")
    def _compute_findings(self):
        for form in self:
            form.findings = [text for line in form.line_ids for text in line.findings or ()]

    @api.depends("state", "extended_until")
    def _compute_is(self):
        now = fields.Datetime.now()
        for form in self:
            form.is_late = bool(form.extended_until) and form.extended_until < now
            form.is_signed = bool(form.signed_at)
            form.is_draft = form.state == "draft"
            form.is_submitted = form.state == "submitted"
            form.lock_reason = False

    def action_hand_over(self):
        """Hand over to whoever signs."""
        self.write({"state": "to_sign", "handed_over_by_id": self.env.uid})

    def action_submit(self):
        """Submit what was signed."""
        signed = {"signed_by_id": self.env.uid, "signed_at": fields.Datetime.now()}
        self.write({"state": "submitted", **signed})
