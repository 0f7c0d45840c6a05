from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ...tools.timezone import format_moment


class ItKpiAssessment(models.Model):
    """From the reporter to the leader, and from there to the group: 送签, 撤回送签, 签字上报."""

    _inherit = "it.kpi.assessment"

    def _get_state_lock_reason(self):
        if self.state == "to_sign":
            return self.env._(
                "Handed over to %s to sign, and locked. Until it is signed, a reporter can take it "
                "back.",
                self._name_leaders(),
            )
        return self.env._(
            "%(form)s is “%(state)s” and locked.",
            form=self.display_name,
            state=self._get_state_label(self.state),
        )

    def _name_leaders(self):
        """Return the names of those who sign the form; with sudo, as units list them for all."""
        leaders = self.unit_id.sudo().leader_ids
        return format_list(self.env, leaders.mapped("name")) or self.env._("nobody yet")

    def action_hand_over(self):
        """Hand the filled form to the unit's leader to sign (article 5).

        :raise UserError: a check blocks, such as that of a line without a mark
        """
        self._check_move("hand_over")
        self._check_findings()
        self._move("hand_over", handed_over_by_id=self.env.uid)

    def action_recall(self):
        """Take back what was handed over, as long as the leader has not signed (撤回送签).

        :raise UserError: the leader has signed, or handed the form back
        """
        self._check_open()
        self._move("recall", handed_over_by_id=False)

    def action_take_back(self, reason):
        """Hand the form back to be corrected, in place of signing it (退回填报)."""
        reason = self._check_reason(reason)
        self._check_open()
        self._move("take_back", reason)

    def action_submit(self, signature):
        """Sign and submit to the assessment group before the deadline (article 5).

        :param str signature: the drawn signature, an image in base64
        :raise UserError: there is no signature, the deadline has passed, or a check blocks
        """
        self._check_signature(signature)
        self._check_move("submit")
        self._check_in_time()
        self._check_findings()
        self._move(
            "submit",
            signature=signature,
            signed_by_id=self.env.uid,
            signed_at=fields.Datetime.now(),
        )
        self.line_ids.sudo().write({"returned": False})
        self._keep_signed_documents()

    def _check_in_time(self):
        for form in self:
            if form.deadline and form.deadline < fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "The deadline of %(form)s passed on %(deadline)s. Ask the informatization "
                        "division for an extension; what you filled in is kept.",
                        form=form.display_name,
                        deadline=format_moment(form.deadline),
                    )
                )
