from odoo import models


class ItKpiObjection(models.Model):
    """复核决定书 as the office sends it."""

    _inherit = "it.kpi.objection"

    _document_link = "objection_id"
    _document_moment = "decided_at"
