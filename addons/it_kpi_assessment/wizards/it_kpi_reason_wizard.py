from odoo import fields, models

from ..const import REASON_LENGTH


class ItKpiReasonWizard(models.TransientModel):
    """Ask for the reason of an act, which is logged with the act."""

    _name = "it.kpi.reason.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Reason for an Act"

    # act: model and method; the method checks the rights and takes the reason
    _acts = {
        "take_back": ("it.kpi.assessment", "action_take_back"),
        "record_unfiled": ("it.kpi.assessment", "action_record_unfiled"),
        "withdraw_unfiled": ("it.kpi.assessment", "action_withdraw_unfiled"),
        "reopen": ("it.kpi.survey", "action_reopen"),
        "resume": ("it.kpi.cycle", "action_resume"),
        "revise": ("it.kpi.cycle", "action_revise"),
        "drop_revision": ("it.kpi.cycle", "action_drop_revision"),
        "lift": ("it.kpi.incident", "action_lift"),
        "reopen_plan": ("it.kpi.rectification", "action_reopen_plan"),
        "send_back": ("it.kpi.rectification", "action_send_back"),
        "withdraw": ("it.kpi.rectification", "action_withdraw"),
    }

    act = fields.Selection(
        [
            ("take_back", "Hand the form back"),
            ("record_unfiled", "Record as not filed"),
            ("withdraw_unfiled", "Withdraw not filed"),
            ("reopen", "Reopen the survey"),
            ("resume", "Back to filling"),
            ("revise", "Revise the result"),
            ("drop_revision", "Drop the revision"),
            ("lift", "Lift the incident"),
            ("reopen_plan", "Reopen the measures"),
            ("send_back", "Send the report back"),
            ("withdraw", "Withdraw the order"),
        ],
        required=True,
        readonly=True,
    )
    res_id = fields.Integer(
        required=True, readonly=True, default=lambda self: self.env.context.get("active_id")
    )
    reason = fields.Text(required=True, max_length=REASON_LENGTH)

    def action_confirm(self):
        """Call the method of the act on the record, with the reason.

        :raise AccessError: the act is not for this user
        :raise UserError: there is no reason, or the record is in another state
        """
        self.ensure_one()
        model, method = self._acts[self.act]
        getattr(self.env[model].browse(self.res_id), method)(self.reason)
        return {"type": "ir.actions.act_window_close"}
