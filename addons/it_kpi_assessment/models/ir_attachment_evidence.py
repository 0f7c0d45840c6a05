import hashlib

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from ..tools.drawings import is_too_large_to_decode
from ..tools.file_kinds import (
    ALLOWED_ENDINGS,
    clean_name,
    is_content_of_kind,
    is_kind_allowed,
    is_page,
)

# Characters of a file's name.
LONGEST_NAME = 200


class IrAttachment(models.Model):
    """What a file must be to count as evidence: content of an allowed kind, stored here.

    The checks look at the stored file, whichever way it was sent. The system's own code may store
    files of other kinds, such as those of a demonstration; nobody stores pages or scripts.
    """

    _inherit = "ir.attachment"

    upload_key = fields.Char(
        size=64,
        copy=False,
        help="Given by the paper form: a file that is sent again is not stored once more.",
    )

    def copy(self, default=None):
        """Refuse copies that a browser shows as a page; editors make them past the rights."""
        if is_page((default or {}).get("mimetype")) and not self._is_administrator():
            raise UserError(self._get_page_error((default or {}).get("name")))
        return super().copy(default)

    def _postprocess_contents(self, values):
        """Store pictures as sent that would take seconds and much memory to be made smaller."""
        content = values.get("raw")
        if isinstance(content, bytes) and is_too_large_to_decode(content):
            return values
        return super()._postprocess_contents(values)

    def _is_administrator(self):
        return self.env.uid == SUPERUSER_ID or self.env.user._is_admin()

    def _check_no_page(self):
        """Raise a UserError if one of these files, of a record of ours, is a page or a script."""
        for file in self.sudo():
            if (file.res_model or "").startswith("it.kpi.") and is_page(file.mimetype):
                if not file.env.user._is_admin():
                    raise UserError(self._get_page_error(file.name))

    def _get_page_error(self, name):
        return self.env._(
            "“%s” is a page or a script, which could show or do something else later. Print it as "
            "PDF, and attach that.",
            name or "",
        )

    def _clean_evidence_names(self):
        for file in self:
            name = clean_name(file.name)
            if name != file.name:
                file.name = name

    def _check_evidence_file(self):
        """Raise a UserError unless this file is one that can prove something.

        :raise UserError: it is a link, empty, too large, or of another kind than allowed
        """
        if self.type != "binary" or self.url:
            raise UserError(
                self.env._(
                    "“%s” is a link: what it leads to can change after the signature. Attach the "
                    "file itself.",
                    self.name,
                )
            )
        content = self.with_context(bin_size=False).raw or b""
        self._check_evidence_size(self.name, len(content))
        self._check_evidence_content(self.name, self.checksum and content)

    def _check_evidence_content(self, name, content):
        """Raise a UserError unless a file of this name and content (bytes) can prove something."""
        self._check_evidence_name(name)
        if not content:
            raise UserError(
                self.env._(
                    "“%s” is empty and proves nothing. Open it on your computer to see whether it "
                    "is the right file.",
                    name,
                )
            )
        if self.env.uid != SUPERUSER_ID:
            self._check_evidence_kind(name, content)

    def _check_evidence_name(self, name):
        if not name or len(name) > LONGEST_NAME:
            raise UserError(
                self.env._(
                    "The name of a file has at least one and at most %(limit)s characters: "
                    "“%(name)s…”. Rename it.",
                    limit=LONGEST_NAME,
                    name=(name or "")[:40],
                )
            )

    def _check_evidence_kind(self, name, content):
        if not is_kind_allowed(name):
            raise UserError(
                self.env._(
                    "“%(name)s” is of a kind that is no evidence. Allowed are files that end in: "
                    "%(endings)s.",
                    name=name,
                    endings="、".join(ALLOWED_ENDINGS),
                )
            )
        if not is_content_of_kind(name, content):
            raise UserError(
                self.env._(
                    "“%s” is damaged, or not what its name says. Open it on your computer and save "
                    "it again.",
                    name,
                )
            )

    def _get_sha256(self):
        """Return the SHA-256 of the stored content, or False if the content is lost."""
        file = self.sudo().with_context(bin_size=False)
        content = file.raw
        file.invalidate_recordset(["raw", "datas"], flush=False)  # not all files in memory
        return bool(content) and hashlib.sha256(content).hexdigest()

    def _delete_evidence(self, record):
        """Delete the files that were removed from the record, unless a message shows them."""
        own = (
            self.sudo()
            .exists()
            .filtered(lambda file: (file.res_model, file.res_id) == (record._name, record.id))
        )
        if not own:
            return
        messages = self.env["mail.message"].sudo().search([("attachment_ids", "in", own.ids)])
        (own - messages.attachment_ids).unlink()
