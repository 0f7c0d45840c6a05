from odoo import api, fields, models

from ...const import FILED_STATE
from ...proof.codes import group_code


class ItKpiForm(models.AbstractModel):
    """The verification code on a signed form (附件2, 附件3)."""

    _inherit = "it.kpi.form"

    code = fields.Char(
        "Verification Code",
        compute="_compute_code",
        help="Of the signed version that is valid now, as its paper bears it.",
    )

    @api.depends("state", "version")
    def _compute_code(self):
        """Who reads a form reads its code."""
        kind = self._name.rpartition(".")[2]
        domain = [(f"{kind}_id", "in", self._origin.ids)]
        found = self.env["it.kpi.code"].sudo().search(domain)
        codes = {(code[f"{kind}_id"].id, code.version): code.code for code in found}
        for form in self:
            code = codes.get((form._origin.id, form.version))
            form.code = form.state == FILED_STATE.get(kind) and code and group_code(code)

    def _draw_code(self):
        """Give a code to the version that is being signed; its paper bears it."""
        self.env["it.kpi.code"]._draw_for_form(self)
        self.invalidate_recordset(["code"])
