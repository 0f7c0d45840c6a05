from odoo import fields, models

from ...const import REASON_LENGTH


class ItKpiForm(models.AbstractModel):
    """退出本年度考核: the form of a unit that was abolished or merged during the year (R13).

    It stays as a record: locked, counted nowhere, with the reason and the decision on it.
    """

    _inherit = "it.kpi.form"

    withdrawn_from = fields.Char(
        "State before the Withdrawal",
        readonly=True,
        copy=False,
        help="The state in which the form goes on if its unit is taken back into the year.",
    )
    withdrawal_reason = fields.Char(
        "Reason for the Withdrawal",
        readonly=True,
        copy=False,
        max_length=REASON_LENGTH,
        multiline=True,
    )
    withdrawal_decision = fields.Char(
        "Decision on the Withdrawal",
        readonly=True,
        copy=False,
        help="Number of the decision by which the unit was abolished or merged.",
    )

    def _describe_withdrawal(self):
        """Return the sentence that the readers of a withdrawn form see on it."""
        return self.env._(
            "%(unit)s was withdrawn from %(cycle)s (%(decision)s). Reason: %(reason)s. "
            "The form stays as a record, and counts nowhere.",
            unit=self.unit_name,
            cycle=self.cycle_id.display_name,
            decision=self.withdrawal_decision,
            reason=self.withdrawal_reason,
        )
