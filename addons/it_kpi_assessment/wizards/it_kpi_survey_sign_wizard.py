from odoo import api, fields, models


class ItKpiSurveySignWizard(models.TransientModel):
    """Let an assessor sign a survey, or the head confirm it."""

    _name = "it.kpi.survey.sign.wizard"
    _inherit = ["it.kpi.form.dialog", "it.kpi.sign.dialog"]
    _description = "Signature below a Survey"

    form_id = fields.Many2one("it.kpi.survey", "Survey")
    act = fields.Selection(
        [("sign", "Sign"), ("confirm", "Confirm")], required=True, readonly=True, default="sign"
    )
    visit_date = fields.Date(related="form_id.visit_date", related_sudo=False)
    progress = fields.Char("Marked Lines", related="form_id.progress", related_sudo=False)
    graded_total = fields.Float(related="form_id.graded_total", related_sudo=False)
    unsigned_ids = fields.Many2many(related="form_id.unsigned_ids", related_sudo=False)

    @api.model
    def default_get(self, fields):
        """Check the survey before the signature is drawn.

        :raise UserError: the survey cannot be signed or confirmed in its present state
        """
        values = super().default_get(fields)
        form = self.env["it.kpi.survey"].browse(values.get("form_id"))
        form._check_signable("confirm" if values.get("act") == "confirm" else "sign")
        return values

    def _sign(self, signature):
        if self.act == "confirm":
            self.form_id.action_confirm(signature)
        else:
            self.form_id.action_sign(signature)
