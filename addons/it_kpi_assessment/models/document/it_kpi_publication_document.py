from odoo import models

ADDRESSEES = "各县区交通运输局，局直属各单位"


class ItKpiPublication(models.Model):
    """考核结果通报 as the office sends it."""

    _inherit = "it.kpi.publication"

    _document_link = "publication_id"
    _document_moment = "published_at"

    def _get_addressee(self):
        return ADDRESSEES
