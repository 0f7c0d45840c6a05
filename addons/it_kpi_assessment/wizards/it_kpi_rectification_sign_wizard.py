from odoo import api, fields, models


class ItKpiRectificationSignWizard(models.TransientModel):
    """Let the leader sign the measures of a rectification, or later the report on them."""

    _name = "it.kpi.rectification.sign.wizard"
    _inherit = ["it.kpi.sign.dialog"]
    _description = "Signature below a Rectification"

    order_id = fields.Many2one(
        "it.kpi.rectification",
        "Rectification Order",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    is_report = fields.Boolean(compute="_compute_is_report")
    progress = fields.Char("Measures Done", related="order_id.progress", related_sudo=False)
    plan_until = fields.Date(related="order_id.plan_until", related_sudo=False)
    report_until = fields.Date(related="order_id.report_until", related_sudo=False)

    @api.depends("order_id")
    def _compute_is_report(self):
        for wizard in self:
            wizard.is_report = wizard.order_id.state == "planned"

    def _get_records(self):
        return self.order_id

    def _sign(self, records, signature):
        """Sign the report if the measures are signed already, otherwise the measures."""
        if self.is_report:
            records.action_sign_report(signature)
        else:
            records.action_sign_plan(signature)
