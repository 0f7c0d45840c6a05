from odoo import models
from odoo.exceptions import UserError

from ...const import ASSESSMENT_WITH_UNIT
from ...tools.locking import lock
from ...tools.text import is_blank, tidy_line


class ItKpiAssessment(models.Model):
    """退出本年度考核: the division withdraws a unit from a year, with both its forms (R13).

    The unit's self-assessment stands for its part in the year, as it does for 未报 (R8).
    """

    _inherit = "it.kpi.assessment"

    def action_withdraw(self, reason, decision):
        """Withdraw the units of these forms from their years, because they no longer exist.

        Both forms stay as records; they feed no mean, and the unit has no rank. Possible while
        the year is open or under review; a published year is revised first.

        :param str reason: why, such as that the unit was merged into another one
        :param str decision: number of the decision by which it was abolished or merged
        :raise AccessError: the user is not of the division
        :raise UserError: reason or decision is missing, the year is not under way, or the unit
            was withdrawn already
        """
        reason, decision = self._check_reason(reason), self._check_decision(decision)
        self._check_move("withdraw")
        for form in self:
            lock(form.sudo().survey_ids)
            form._move(
                "withdraw",
                self.env._("%(reason)s (decision: %(decision)s)", reason=reason, decision=decision),
                withdrawn_from=form.state,
                withdrawal_reason=reason,
                withdrawal_decision=decision,
            )
            form.sudo().survey_ids._withdraw(reason, decision)
            form.cycle_id.sudo()._message_log(body=form._describe_withdrawal())

    def action_rejoin(self, reason):
        """Take withdrawn units back into their years; both forms go on as they were.

        A form that was not filed yet is extended if its deadline leaves too little time.

        :raise AccessError: the user is not of the division
        :raise UserError: there is no reason, the year is not under way, or the unit takes part
        """
        reason = self._check_reason(reason)
        self._check_move("rejoin")
        for form in self:
            lock(form.sudo().survey_ids)
            form._move("rejoin", reason)
            form.sudo().write(
                {"withdrawn_from": False, "withdrawal_reason": False, "withdrawal_decision": False}
            )
            form.filtered(lambda form: form.state in ASSESSMENT_WITH_UNIT)._leave_time(reason)
            form.sudo().survey_ids._rejoin(reason)
            form.cycle_id.sudo()._message_log(
                body=self.env._(
                    "%(unit)s was taken back into the year. Reason: %(reason)s",
                    unit=form.unit_name,
                    reason=reason,
                )
            )

    def _check_decision(self, decision):
        """Return the number of a decision on one line.

        :raise UserError: there is none, or it shows nothing
        """
        decision = tidy_line(decision or "")
        if is_blank(decision):
            raise UserError(
                self.env._("Give the number of the decision that abolished or merged the unit.")
            )
        return decision
