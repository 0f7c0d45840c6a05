from odoo import api, models
from odoo.tools import clean_context

from ...tools.chinese import count
from ...tools.official_words import name_incidents
from .it_kpi_rectification import DEMAND

DEMAND_AGAIN = (
    "你单位已连续%s年列入督促整改。须说明上一年度整改未见成效的原因，"
    "单位主要负责人对本次整改负总责。\n"
)
DEMAND_AFTER_INCIDENT = "查明当年发生的%s的原因和责任，消除隐患，制定防止再次发生的措施。\n"


class ItKpiRectification(models.Model):
    """The draft of an order: the weak indicators of a result, and what the letter asks for."""

    _inherit = "it.kpi.rectification"

    @api.model
    def _draw_up(self, results):
        """Create a draft for each result of one publication, numbered on from the last letter."""
        orders = self.sudo().with_context(clean_context(self.env.context))
        years = orders._count_years_in_a_row(results.sudo())
        last = orders.search([("cycle_id", "=", results.cycle_id.id)], limit=1).number
        weaknesses = orders.weakness_ids
        return orders.create(
            [
                {
                    "result_id": result.id,
                    "number": number,
                    "years_in_a_row": years[result.unit_id],
                    "demand": self._get_demand(result, years[result.unit_id]),
                    "weakness_ids": weaknesses._prepare_commands(result),
                }
                for number, result in enumerate(results.sudo(), start=last + 1)
            ]
        ).with_env(self.env)

    @api.model
    def _get_demand(self, result, years):
        """Return what the letter asks of the unit; first of all, that its incidents are cleared,
        and that it says why it is among the last once more."""
        kinds = {*(result.veto_kinds or "").split(",")}
        for line in result.line_ids:
            kinds |= {*(line.veto_kinds or "").split(",")}
        kinds = ",".join(kinds - {""})
        demand = DEMAND_AFTER_INCIDENT % name_incidents(kinds) + DEMAND if kinds else DEMAND
        return DEMAND_AGAIN % count(years) + demand if years > 1 else demand
