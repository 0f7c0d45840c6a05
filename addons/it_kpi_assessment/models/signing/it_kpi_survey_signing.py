from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context

from ...tools.locking import touch


class ItKpiSurvey(models.Model):
    """考核小组签字: every assessor signs the survey as it stands, then the head confirms it.

    A change voids all signatures: users have signed only what they have seen. Signing, voiding and
    assigning touch the survey, so that of two concurrent transactions the second one is retried
    and finds what the first one left.
    """

    _inherit = "it.kpi.survey"

    signature_ids = fields.One2many(
        "it.kpi.survey.signature", "form_id", "Signatures", readonly=True
    )
    unsigned_ids = fields.Many2many(
        "res.users",
        string="Still to Sign",
        compute="_compute_unsigned_ids",
        help="Assigned assessors whose signature is missing. The head confirms when all signed.",
    )

    @api.depends("state", "assessor_ids", "signature_ids.user_id")
    @api.depends_context("uid")
    def _compute_unsigned_ids(self):
        for survey in self:
            unsigned = survey.assessor_ids - survey.signature_ids.user_id
            survey.unsigned_ids = unsigned if survey.state == "draft" else False

    @api.depends(
        *("signature_ids.user_id", "assessment_id.state", "visit_date"),
        *("line_ids.grade_id", "line_ids.not_applicable"),
    )
    def _compute_allowed_moves(self):
        return super()._compute_allowed_moves()

    def _is_move_allowed(self, name):
        """A filed unit's survey is signed once by each assessor, who can withdraw the signature."""
        if name in ("sign", "confirm") and not self.is_ready:
            return False
        if name in ("sign", "withdraw_signature"):
            has_signed = self.env.user in self.sudo().signature_ids.user_id
            if has_signed != (name == "withdraw_signature"):
                return False
        if name == "reassign" and not self._is_begun():
            return False
        return super()._is_move_allowed(name)

    def action_sign(self, signature):
        """Sign surveys as they stand, as one of the assigned assessors.

        :param str signature: the drawn signature, an image in base64
        :raise UserError: nothing is drawn, something is missing (as for confirming), or the
            user has signed already
        """
        self._check_signature(signature)
        self._check_signable("sign")
        for survey in self.sudo():
            if self.env.user in survey.signature_ids.user_id:
                raise UserError(self.env._("You have signed %s already.", survey.display_name))
        self._move("sign")
        self._add_signature(signature)

    def action_withdraw_signature(self):
        """Withdraw the user's own signature, as long as the head has not confirmed.

        :raise UserError: the user has not signed
        """
        self._check_move("withdraw_signature")
        own = self.sudo().signature_ids.filtered(lambda row: row.user_id == self.env.user)
        if own.form_id != self.sudo():
            raise UserError(self.env._("You have not signed: there is nothing to withdraw."))
        self._move("withdraw_signature")
        own.unlink()
        touch(self)

    def _add_signature(self, signature, is_head=False):
        """Keep the current user's signature; that of a head replaces one as assessor."""
        clean = self.sudo().with_context(clean_context(self.env.context))
        clean.signature_ids.filtered(lambda row: row.user_id == self.env.user).unlink()
        clean.signature_ids.create(
            [
                {
                    "form_id": survey.id,
                    "user_id": self.env.uid,
                    "name": self.env.user.name,
                    "is_head": is_head,
                    "signature": signature,
                    "signed_at": fields.Datetime.now(),
                }
                for survey in self.browse(dict.fromkeys(self.ids))
            ]
        )
        self.invalidate_recordset(["signature_ids"])  # to be printed in their order
        touch(self)

    def _void_signatures(self, cause):
        self.sudo().signature_ids._void(cause)

    def write(self, vals):
        if "assessor_ids" in vals:
            touch(self)
        before = {survey: (survey.visit_date, survey.assessor_ids) for survey in self.sudo()}
        result = super().write(vals)
        for survey, (visit_date, assessors) in before.items():
            if survey.visit_date != visit_date:
                label = self._fields["visit_date"]._description_string(self.env)
                survey._void_signatures(self.env._("Changed: %s", label))
            if survey.assessor_ids != assessors:
                survey._log_assignment(assessors)
        return result

    def _log_assignment(self, before):
        """Log who was assigned and unassigned, and void the signatures of the unassigned."""
        added, removed = self.assessor_ids - before, before - self.assessor_ids
        if added:
            self._message_log(body=self.env._("Assigned: %s", added.mapped("name")))
        if removed:
            sentence = self.env._("No longer assigned: %s", removed.mapped("name"))
            signatures = self.signature_ids.filtered(lambda row: row.user_id in removed)
            if signatures:
                signatures._void(sentence)
            else:
                self._message_log(body=sentence)
