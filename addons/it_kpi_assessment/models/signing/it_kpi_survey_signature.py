from odoo import api, fields, models

from ...tools.locking import touch


class ItKpiSurveySignature(models.Model):
    """考核小组签字: what a member of the assessment group drew below a survey (attachment 3).

    It belongs to the survey as it is now, in its user's own name: only ``action_sign`` and
    ``action_confirm`` of the survey create it, and the first change of the survey deletes it. A
    confirmed survey keeps it in the signed PDF.
    """

    _name = "it.kpi.survey.signature"
    _inherit = ["it.kpi.signed"]
    _description = "Signature below a Survey"
    _order = "is_head desc, signed_at, id"

    _drawn = {"signature": "signed_at"}

    form_id = fields.Many2one(
        "it.kpi.survey", "Survey", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Signed By", required=True, readonly=True, ondelete="restrict"
    )
    name = fields.Char(
        "Full Name",
        required=True,
        readonly=True,
        max_length=False,
        help="The name as at the time of signing.",
    )
    is_head = fields.Boolean(
        "Head",
        readonly=True,
        help="组长: this signature confirms the survey.",
    )
    signature = fields.Binary(attachment=True, readonly=True)
    signed_at = fields.Datetime("Signed On", required=True, readonly=True)

    _form_user_unique = models.Constraint(
        "UNIQUE(form_id, user_id)", "Everybody signs a survey once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        signatures = super().create(vals_list)
        signatures.form_id._queue_duties()
        return signatures

    def unlink(self):
        self.form_id._queue_duties()
        return super().unlink()

    def _void(self, cause):
        """Delete these signatures; the log of their survey says whose they were, and the cause."""
        for survey, signatures in self.grouped("form_id").items():
            names = signatures.mapped("name")
            signatures.unlink()
            touch(survey)
            survey._message_log(
                body=self.env._(
                    "%(cause)s. Signatures that are void by it: %(names)s", cause=cause, names=names
                )
            )
