import errno
import os
from contextlib import suppress

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

EVIDENCE_MODELS = (
    "it.kpi.assessment.line",
    "it.kpi.survey.line",
    "it.kpi.incident",
    "it.kpi.rectification.measure",
    "it.kpi.objection.line",
    "it.kpi.inspection",
)
SIGNED_MODELS = ("it.kpi.assessment", "it.kpi.survey")
DEFAULT_LIMIT_MB = 20
# A change of these makes another file of it; a thumbnail does not.
CONTENT = {"raw", "datas", "db_datas", "store_fname", "url", "type", "name", "res_model", "res_id"}
# A change of these has the file checked once more.
CHECKED = CONTENT | {"mimetype", "public", "access_token"}
# How the system says that it has no room for a file.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class IrAttachment(models.Model):
    """Evidence files of forms and incidents: locked with their record, and never public.

    Users who can read the line or the incident can read its files. Their size has a limit in MB.
    The file behind a field, such as a signature, is written by that field only. The signed
    versions of a form are never changed or deleted.

    Fields that hold evidence have ``bypass_search_access``, as those of messages do: access to the
    files found is checked then. Without it, Odoo searches all files of the database first.
    """

    _inherit = "ir.attachment"

    @api.model
    def _file_write(self, bin_value, checksum):
        """Delete the half file that a full disk leaves, and raise a UserError that says so.

        Odoo keeps the half file, and later refuses the whole one as a collision with it.
        """
        path = self._full_path(os.path.join(checksum[:2], checksum))
        is_new = not os.path.exists(path)
        try:
            return super()._file_write(bin_value, checksum)
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            if is_new:
                with suppress(FileNotFoundError):
                    os.unlink(path)
            raise UserError(
                self.env._(
                    "The disk of the server is full: nothing was saved. Tell the administrator, "
                    "and try again when there is room."
                )
            ) from error

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_no_page()
        attachments._check_evidence()
        return attachments

    def write(self, vals):
        if CONTENT & vals.keys():
            self._void_survey_signatures()
        self._check_evidence_unlocked()
        if vals.get("db_datas") and not self.env.su and self._get_evidence():
            raise UserError(
                self.env._("The content of evidence is kept as a file. Upload it again.")
            )
        result = super().write(vals)
        if CHECKED & vals.keys():
            self._check_no_page()
            self._check_evidence()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_voids_survey_signatures(self):
        self._void_survey_signatures()

    def _void_survey_signatures(self):
        """Void the signatures of surveys whose evidence is exchanged or deleted."""
        lines = self.env["it.kpi.survey.line"].sudo()
        files = self.sudo().filtered(lambda file: file.res_model == lines._name)
        if files:
            domain = [("attachment_ids", "in", files.ids), ("form_id.state", "=", "draft")]
            lines.search(domain)._void_signatures()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked_evidence(self):
        self._check_evidence_unlocked()
        if self.env.uid != SUPERUSER_ID:  # the chatter deletes with sudo, for a user
            self._check_records_unlocked()

    def _check_evidence(self):
        """Raise a UserError unless these files may be evidence."""
        self._check_evidence_unlocked()
        files = self._get_evidence()
        files._clean_evidence_names()
        for file in files:
            file._check_evidence_private()
            file._check_evidence_file()

    def _get_evidence(self):
        """Return the evidence among these files, readable or not."""
        return self.sudo().filtered(lambda file: file.res_model in EVIDENCE_MODELS)

    def _check_evidence_unlocked(self):
        """Raise a UserError if these files, or the records they belong to, are locked."""
        if self.env.su:
            return
        for file in self.sudo():
            if file.res_field and (file.res_model or "").startswith("it.kpi."):
                raise UserError(self.env._("This file is written by its form only."))
        self._check_not_signed()
        self._check_records_unlocked()

    def _check_records_unlocked(self):
        """Raise a UserError if the record of these files is locked for the current user."""
        for file in self._get_evidence().filtered("res_id"):
            record = self.sudo(False).env[file.res_model].browse(file.res_id)
            record.exists()._check_unlocked()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        """Signed versions stay, even with sudo, as the chatter deletes."""
        self._check_not_signed()

    def _check_not_signed(self):
        """Raise a UserError if one of these files is a signed version of a form."""
        for model in SIGNED_MODELS:
            files = self.sudo().filtered(lambda file, model=model: file.res_model == model)
            domain = [("document_ids", "in", files.ids)]
            if files and self.env[model].sudo().search_count(domain, limit=1):
                raise UserError(self.env._("A signed version stays as it was signed."))

    def _check_evidence_private(self):
        if self.public or self.access_token:
            raise UserError(
                self.env._(
                    "Evidence cannot be shared by a link. Whoever may read the form or the "
                    "incident finds it there."
                )
            )

    def _check_evidence_size(self, name, size):
        limit = self._get_evidence_limit_mb()
        if size > limit * 1024 * 1024:
            raise UserError(
                self.env._(
                    "“%(name)s” has %(size)s MB; a piece of evidence may have %(limit)s MB. "
                    "Make it smaller (scan in grey, compress the pictures) or split it.",
                    name=name,
                    size=round(size / 1024 / 1024, 1),
                    limit=f"{limit:g}",
                )
            )

    def _get_evidence_limit_mb(self):
        """Return the largest size of a piece of evidence in MB, a system parameter."""
        limit = self.env["ir.config_parameter"].sudo().get_param("it_kpi_assessment.evidence_mb")
        try:
            return float(limit or DEFAULT_LIMIT_MB)
        except ValueError:
            return DEFAULT_LIMIT_MB

    def _claim_as_evidence(self, record):
        """Link uploaded files to the line or incident that they are evidence of.

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
