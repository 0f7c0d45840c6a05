from odoo import api, models
from odoo.exceptions import UserError

EVIDENCE_MODELS = ("it.kpi.assessment.line", "it.kpi.survey.line", "it.kpi.incident")
DEFAULT_LIMIT_MB = 20


class IrAttachment(models.Model):
    """Evidence files of forms and incidents: as locked as what they prove, and never public.

    Whoever can read the line or the incident can read its files. Their size has a limit that
    is told in MB.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_evidence()
        return attachments

    def write(self, vals):
        self._get_evidence()._check_evidence_unlocked()
        result = super().write(vals)
        self._check_evidence()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked_evidence(self):
        self._get_evidence()._check_evidence_unlocked()

    def _get_evidence(self):
        """Return the files among these that prove something, without a right to read them."""
        return self.filtered(lambda file: file.sudo().res_model in EVIDENCE_MODELS)

    def _check_evidence(self):
        evidence = self._get_evidence()
        if evidence:
            evidence._check_evidence_unlocked()
            evidence._check_evidence_private()
            evidence._check_evidence_size()

    def _check_evidence_unlocked(self):
        """Raise a UserError if what these files prove can no longer be changed."""
        if self.env.su:
            return
        for file in self.sudo():
            if file.res_id:
                self.env[file.res_model].browse(file.res_id)._check_unlocked()

    def _check_evidence_private(self):
        if any(file.public or file.access_token for file in self.sudo()):
            raise UserError(
                self.env._(
                    "Evidence cannot be shared by a link. Whoever may read the form or the "
                    "incident finds it there."
                )
            )

    def _check_evidence_size(self):
        limit = self._get_evidence_limit_mb()
        for file in self.sudo():
            if file.file_size > limit * 1024 * 1024:
                raise UserError(
                    self.env._(
                        "“%(name)s” has %(size)s MB; a piece of evidence may have %(limit)s MB. "
                        "Make it smaller (scan in grey, compress the pictures) or split it.",
                        name=file.name,
                        size=round(file.file_size / 1024 / 1024, 1),
                        limit=limit,
                    )
                )

    def _get_evidence_limit_mb(self):
        """Return the largest size of a piece of evidence in MB, a system parameter."""
        limit = self.env["ir.config_parameter"].sudo().get_param("it_kpi_assessment.evidence_mb")
        return int(limit or DEFAULT_LIMIT_MB)

    def _claim_as_evidence(self, record):
        """Tie uploaded files to the line or incident that they prove something about.

        :raise UserError: a file belongs to another record or another person
        """
        for file in self.sudo():
            if (file.res_model, file.res_id) == (record._name, record.id):
                continue
            if file.res_id or file.create_uid != self.env.user:
                raise UserError(
                    self.env._(
                        "One of the files belongs to another record or another person. "
                        "Upload a file of your own here."
                    )
                )
            file.write({"res_model": record._name, "res_id": record.id})
