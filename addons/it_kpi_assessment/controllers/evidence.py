import json
import os

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.web.controllers.binary import Binary

from ..models.ir_attachment import EVIDENCE_MODELS
from ..tools.file_kinds import clean_name


class EvidenceController(Binary):
    """The upload of the web client, which shows why a piece of evidence is refused."""

    @http.route()
    def upload_attachment(self, model, id, ufile, callback=None):
        """Check files and lock of evidence before Odoo's upload.

        The client then shows the reason instead of a general error.
        """
        if model in EVIDENCE_MODELS:
            try:
                self._check_evidence(model, int(id))
            except UserError as error:
                return json.dumps([{"error": str(error)}])
        return super().upload_attachment(model, id, ufile, callback)

    def _check_evidence(self, model, record_id):
        for file in request.httprequest.files.getlist("ufile"):
            name = clean_name(file.filename)
            size = file.stream.seek(0, os.SEEK_END)
            file.stream.seek(0)
            request.env["ir.attachment"]._check_evidence_size(name, size)
            request.env["ir.attachment"]._check_evidence_content(name, file.stream.read())
            file.stream.seek(0)
        if record_id:
            request.env[model].browse(record_id)._check_unlocked()
