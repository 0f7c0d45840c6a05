from odoo import api, fields, models

from ..const import REASON_LENGTH


class ItKpiAssignWizard(models.TransientModel):
    """Ask who grades a survey from now on, though assessors have begun, and for the reason."""

    _name = "it.kpi.assign.wizard"
    _inherit = ["it.kpi.form.dialog"]
    _description = "Change of Assessors"

    form_id = fields.Many2one("it.kpi.survey", "Survey")
    company_id = fields.Many2one(related="form_id.company_id")
    assessor_ids = fields.Many2many(
        "res.users",
        string="Assessors",
        compute="_compute_assessor_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    reason = fields.Text(required=True, max_length=REASON_LENGTH)

    @api.depends("form_id")
    def _compute_assessor_ids(self):
        for wizard in self:
            wizard.assessor_ids = wizard.form_id.assessor_ids

    def action_confirm(self):
        """Assign these assessors.

        :raise AccessError: the user is not a head who may assign here
        :raise UserError: there is no reason, or the survey is confirmed
        """
        self.ensure_one()
        self.form_id.action_reassign(self.assessor_ids.ids, self.reason)
        return {"type": "ir.actions.act_window_close"}
