from odoo import fields, models

from ...const import UNIT_KINDS
from .change_queries import published_changes_query
from .it_kpi_change import ChangedBand


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
    _order = "cycle_id desc, rank nulls last, unit_order, id"
    _rec_name = "unit_name"

    publication_id = fields.Many2one("it.kpi.publication", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    unit_name = fields.Char(related=None, readonly=True)
    unit_short_name = fields.Char(related=None, readonly=True)
    unit_kind = fields.Selection(UNIT_KINDS, related=None, readonly=True)
    old_band = fields.Char("Grade before", readonly=True, max_length=False)
    band = fields.Char("Grade", readonly=True, max_length=False)
    unit_order = fields.Integer(readonly=True, aggregator=None)

    @property
    def _table_query(self):
        return published_changes_query()

    def _get_changed_band(self):
        if self.old_band == self.band:
            return None
        return ChangedBand(self.old_band or "—", self.band or "—")
