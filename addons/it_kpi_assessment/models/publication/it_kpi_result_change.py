from odoo import fields, models

from .change_queries import published_changes_query


class ItKpiResultChange(models.Model):
    """修订说明: what a published revision changed against the publication before it.

    A query over the frozen rows of both; its id is that of the new result.
    """

    _name = "it.kpi.result.change"
    _inherit = ["it.kpi.change"]
    _description = "Published Change by a Revision"
    _auto = False

    _score_model = "it.kpi.result"
    _line_model = "it.kpi.result.line"
    _key = "publication_id"

    publication_id = fields.Many2one("it.kpi.publication", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        return published_changes_query()
