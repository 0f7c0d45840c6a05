from odoo import fields, models


class ItKpiPublication(models.Model):
    """The verification code of a notice."""

    _inherit = "it.kpi.publication"

    code = fields.Char(
        "Verification Code",
        compute="_compute_code",
        help="As the notice bears it. Notices that were published before have none.",
    )

    def _compute_code(self):
        codes = self.env["it.kpi.code"]._get_codes("edition_id", self._origin)
        for publication in self:
            publication.code = codes.get(publication._origin.id)
