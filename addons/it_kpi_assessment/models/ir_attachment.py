from odoo import api, models
from odoo.exceptions import UserError

EVIDENCE_MODELS = ("it.kpi.assessment.line", "it.kpi.survey.line", "it.kpi.incident")
DEFAULT_LIMIT_MB = 20


class IrAttachment(models.Model):
    """Evidence files of forms and incidents have a size limit that is told in MB."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_evidence_size()
        return attachments

    def write(self, vals):
        result = super().write(vals)
        if {"datas", "raw", "res_model"} & vals.keys():
            self._check_evidence_size()
        return result

    def _check_evidence_size(self):
        evidence = self.filtered(lambda file: file.res_model in EVIDENCE_MODELS)
        if not evidence:
            return
        limit = self._get_evidence_limit_mb()
        for file in evidence:
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
