from odoo import fields, models


class ItKpiRosterWizardChange(models.TransientModel):
    """One thing that an uploaded 单位和人员.xlsx would change."""

    _name = "it.kpi.roster.wizard.change"
    _description = "Change by an Uploaded List of Units and People"

    wizard_id = fields.Many2one("it.kpi.roster.wizard", required=True, ondelete="cascade")
    subject = fields.Char("Unit or Person", required=True, readonly=True, max_length=False)
    text = fields.Char("What Happens", required=True, readonly=True, max_length=False)
