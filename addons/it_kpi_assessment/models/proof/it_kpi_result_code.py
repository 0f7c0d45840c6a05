from odoo import fields, models


class ItKpiResult(models.Model):
    """The verification code of a letter (成绩单)."""

    _inherit = "it.kpi.result"

    code = fields.Char(
        "Verification Code",
        compute="_compute_code",
        help="As the letter bears it. Letters of results that were published before have none.",
    )

    def _compute_code(self):
        codes = self.env["it.kpi.code"]._get_codes("result_id", self._origin)
        for result in self:
            result.code = codes.get(result._origin.id)
