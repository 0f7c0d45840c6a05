from odoo import fields, models
from odoo.exceptions import UserError


class ItKpiRectification(models.Model):
    """The signatures of the unit's leader: below the measures, and below the report."""

    _inherit = "it.kpi.rectification"

    def action_sign_plan(self, signature):
        """Sign the measures that the unit laid down.

        :param str signature: the drawn signature, an image in base64
        :raise UserError: nothing is drawn, a weakness is not answered, a measure is due too late
        """
        self._check_move("sign_plan")
        self._check_signature(signature)
        self._check_plan()
        self._move("sign_plan", return_reason=False, **self._sign("plan", signature))

    def action_reopen_plan(self, reason):
        """Let the unit change its measures once more; the signature below them is void."""
        reason = self._check_reason(reason)
        self._move("reopen_plan", reason, return_reason=reason, **self._sign("plan", False))
        self._leave_time("plan_until", "report_until")

    def action_sign_report(self, signature):
        """Sign the report that all measures are carried out.

        :param str signature: the drawn signature, an image in base64
        :raise UserError: nothing is drawn, a measure is open, or there is no report
        """
        self._check_move("sign_report")
        self._check_signature(signature)
        self._check_all_done()
        self._check_text("report")
        self._move("sign_report", return_reason=False, **self._sign("report", signature))

    def _sign(self, what, signature):
        """Return the values of a signature, or of a void one."""
        return {
            f"{what}_signature": signature,
            f"{what}_signed_by_id": signature and self.env.uid,
            f"{what}_signed_at": signature and fields.Datetime.now(),
        }

    def _check_plan(self):
        for order in self:
            if not order.measure_ids:
                raise UserError(self.env._("%s has no measures yet.", order.display_name))
            order._check_measures(
                order.weakness_ids.filtered(lambda weakness: not weakness.measure_ids),
                self.env._("No measure of %s answers:", order.display_name),
            )
            order._check_measures(
                order.measure_ids.filtered("is_due_too_late"),
                self.env._("Due after the report of %s is due:", order.display_name),
            )
