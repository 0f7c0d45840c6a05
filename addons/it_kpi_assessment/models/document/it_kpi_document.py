import base64
import hashlib
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.digest import fold_digest
from ...tools.roles import has_role
from ..mixins.it_kpi_editable import Editable

# 机关代字〔year of issue〕number without leading zeros.
NUMBER = re.compile(r"[^〔〕\s]+〔(\d{4})〕[1-9]\d*号")
# What keyboards offer in place of the brackets 〔〕.
BRACKETS = str.maketrans("[]【】［］（）()", "〔〕" * 5)


class ItKpiDocument(models.Model):
    """公文: what the office enters about a notice, a letter or a decision that it sends.

    The publication is frozen (R11), and its paper gets number and seal afterwards; so these are
    kept beside it. The log tells each change, and the SHA-256 of each stamped file.
    """

    _name = "it.kpi.document"
    _inherit = ["it.kpi.primary", "it.kpi.editable", "mail.thread"]
    _description = "Official Document"
    _order = "id desc"
    _rec_name = "number"

    _editable = dict.fromkeys(
        (
            *("number", "signer", "issued_on", "addressee", "copies_to", "printed_by"),
            *("is_sealed", "stamped_file", "stamped_name"),
        ),
        Editable(None, ("division",)),
    )

    publication_id = fields.Many2one(
        "it.kpi.publication",
        "Notice of the Result",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    order_id = fields.Many2one(
        "it.kpi.rectification",
        "Rectification Letter",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    objection_id = fields.Many2one(
        "it.kpi.objection",
        "Decision on the Objection",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Char(
        "Document Number",
        max_length=64,
        tracking=True,
        help="发文字号 as the office gives it, with the year of issue: 广交函〔2026〕8号.",
    )
    signer = fields.Char(
        max_length=64, tracking=True, help="签发人; a document to units below names none."
    )
    issued_on = fields.Date("Date of Issue", tracking=True, help="成文日期: when it was signed.")
    addressee = fields.Char("Addressees", max_length=200, tracking=True, help="主送机关")
    copies_to = fields.Char(max_length=200, tracking=True, help="抄送机关")
    printed_by = fields.Char(max_length=64, tracking=True, help="印发机关")
    is_sealed = fields.Boolean(
        "With a Seal", default=True, tracking=True, help="Leaves room for a seal of 42 mm."
    )
    stamped_file = fields.Binary(
        attachment=True, help="The document as it was sent; the units see it."
    )
    stamped_name = fields.Char("Name of the Stamped File", max_length=200)
    stamped_digest = fields.Char(
        "Fingerprint of the File (SHA-256)",
        readonly=True,
        max_length=False,
        help="Of the stamped file.",
    )
    lost_stamped_file = fields.Char(
        compute="_compute_lost_stamped_file",
        help="The stamped file, where it is missing or damaged on the server.",
    )

    _publication_unique = models.Constraint(
        "UNIQUE(publication_id)", "A publication has one notice."
    )
    _order_unique = models.Constraint("UNIQUE(order_id)", "A rectification order has one letter.")
    _objection_unique = models.Constraint("UNIQUE(objection_id)", "An objection has one decision.")
    _one_subject = models.Constraint(
        "CHECK(num_nonnulls(publication_id, order_id, objection_id) = 1)",
        "A document is a notice, a rectification letter or the decision on an objection.",
    )

    @api.depends("number", "publication_id", "order_id", "objection_id")
    def _compute_display_name(self):
        for document in self:
            stored = document.sudo()
            subject = stored.publication_id or stored.order_id or stored.objection_id
            document.display_name = document.number or subject.display_name

    @api.depends("stamped_file", "stamped_digest", "stamped_name")
    @api.depends_context("lang")
    def _compute_lost_stamped_file(self):
        for document in self:
            is_lost = document.stamped_digest != document._digest_stamped_file()
            document.lost_stamped_file = is_lost and self.env._(
                "Missing on the server: %s. Have the administrator restore the files of the "
                "database.",
                document.stamped_name or document.display_name,
            )

    @api.constrains("number", "issued_on")
    def _check_number(self):
        """The number is that of the office, and names the year of issue."""
        for document in self.filtered("number"):
            form = NUMBER.fullmatch(document.number)
            if not form:
                raise ValidationError(
                    self.env._(
                        "“%s” is no document number: write the office's code, the year of issue in "
                        "brackets and the number without zeros before it, as in 广交函〔2026〕8号.",
                        document.number,
                    )
                )
            if document.issued_on and int(form[1]) != document.issued_on.year:
                raise ValidationError(
                    self.env._(
                        "The document number %(number)s names another year than the date of "
                        "issue, %(date)s. A number bears the year of issue.",
                        number=document.number,
                        date=document.issued_on,
                    )
                )

    def write(self, vals):
        self.check_access("write")  # before any sentence that names the document
        if vals.get("number"):
            vals = {**vals, "number": str(vals["number"]).translate(BRACKETS)}
        result = super().write(vals)
        if "stamped_file" in vals:
            for document in self.sudo():
                document._log_stamped_file()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise ValidationError(self.env._("What the office entered about a document stays."))

    def _digest_stamped_file(self):
        """Return the SHA-256 of the stamped file in hexadecimal, or False if there is none."""
        content = base64.b64decode(self.with_context(bin_size=False).stamped_file or b"")
        return bool(content) and hashlib.sha256(content).hexdigest()

    def _log_stamped_file(self):
        self.stamped_digest = self._digest_stamped_file()
        if self.stamped_digest:
            text = self.env._(
                "Stamped file “%(name)s”, SHA-256 %(digest)s",
                name=self.stamped_name or "",
                digest=fold_digest(self.stamped_digest),
            )
        else:
            text = self.env._("The stamped file was taken away.")
        self._message_log(body=text)

    @api.model
    def _open(self, subject):
        """Return the action that shows the document of a publication or an order.

        The division gets one with the proposals if there is none yet.

        :raise ValidationError: nobody has entered anything yet
        """
        subject.ensure_one()
        subject.check_access("read")
        document = subject.document_id
        if not document and has_role(self.env, "division", subject.sudo().company_id):
            document = self.sudo().create(subject._propose_document()).with_env(self.env)
            subject.invalidate_recordset(["document_id"])
        if not document:
            raise ValidationError(
                self.env._("The office has not entered number and date of this document yet.")
            )
        document.check_access("read")
        return document._get_records_action()
