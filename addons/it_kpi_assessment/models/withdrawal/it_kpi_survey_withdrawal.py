from odoo import models


class ItKpiSurvey(models.Model):
    """The survey leaves the year, and comes back into it, with the self-assessment of its unit."""

    _inherit = "it.kpi.survey"

    def _withdraw(self, reason, decision):
        """Lock surveys as records of a unit that was withdrawn, and log it."""
        for survey in self.sudo():
            survey.write(
                {
                    "state": "withdrawn",
                    "withdrawn_from": survey.state,
                    "withdrawal_reason": reason,
                    "withdrawal_decision": decision,
                }
            )
            survey._message_log(body=survey._describe_withdrawal())

    def _rejoin(self, reason):
        """Let surveys go on as they were when their unit was withdrawn, and log it."""
        for survey in self.sudo():
            survey.write(
                {
                    "state": survey.withdrawn_from or "draft",
                    "withdrawn_from": False,
                    "withdrawal_reason": False,
                    "withdrawal_decision": False,
                }
            )
            survey._message_log(
                body=self.env._(
                    "The unit was taken back into the year: the form goes on as it was. Reason: %s",
                    reason,
                )
            )
