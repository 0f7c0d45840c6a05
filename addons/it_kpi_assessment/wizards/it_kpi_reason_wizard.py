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
        "rejoin": ("it.kpi.assessment", "action_rejoin"),
        "reopen": ("it.kpi.survey", "action_reopen"),
        "resume": ("it.kpi.cycle", "action_resume"),
        "revise": ("it.kpi.cycle", "action_revise"),
        "drop_revision": ("it.kpi.cycle", "action_drop_revision"),
        "withdraw_notice": ("it.kpi.cycle", "action_withdraw_notice"),
        "take_back_objection": ("it.kpi.objection", "action_take_back"),
        "dismiss": ("it.kpi.objection", "action_dismiss"),
        "reopen_plan": ("it.kpi.rectification", "action_reopen_plan"),
        "send_back": ("it.kpi.rectification", "action_send_back"),
        "withdraw": ("it.kpi.rectification", "action_withdraw"),
        "send_back_funds": ("it.kpi.allocation", "action_send_back"),
        "send_back_commendation": ("it.kpi.commendation", "action_send_back"),
        "strike": ("it.kpi.commendation.line", "action_amend"),
        "add": ("it.kpi.commendation.line", "action_amend"),
    }

    act = fields.Selection(
        [
            ("take_back", "Hand the form back"),
            ("record_unfiled", "Record as not filed"),
            ("withdraw_unfiled", "Withdraw not filed"),
            ("rejoin", "Take the unit back into the year"),
            ("reopen", "Reopen the survey"),
            ("resume", "Back to filling"),
            ("revise", "Revise the result"),
            ("drop_revision", "Drop the revision"),
            ("withdraw_notice", "Withdraw the public notice"),
            ("take_back_objection", "Hand the objection back"),
            ("dismiss", "Dismiss the objection"),
            ("reopen_plan", "Reopen the measures"),
            ("send_back", "Send the report back"),
            ("withdraw", "Withdraw the order"),
            ("send_back_funds", "Send the proposed funds back"),
            ("send_back_commendation", "Send the proposed commendation back"),
            ("strike", "Strike the unit"),
            ("add", "Add the unit"),
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
