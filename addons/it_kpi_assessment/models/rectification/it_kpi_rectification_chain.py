from odoo import api, fields, models
from odoo.tools import SQL


class ItKpiRectification(models.Model):
    """督促整改 as a chain: years in a row in which a unit is among the last, and talks with it."""

    _inherit = "it.kpi.rectification"

    years_in_a_row = fields.Integer(
        readonly=True,
        aggregator=None,
        help="For how many years without a break the unit is among the last ones, with this one, "
        "as published when the order was drawn up.",
    )
    is_repeated = fields.Boolean(
        "Again among the Last",
        compute="_compute_is_repeated",
        search="_search_is_repeated",
        help="The unit was among the last ones in the year before, too.",
    )
    talk_ids = fields.One2many("it.kpi.rectification.talk", "order_id", "Talks", readonly=True)
    can_record_talk = fields.Boolean(compute="_compute_can_record_talk")

    @api.depends("years_in_a_row")
    def _compute_is_repeated(self):
        for order in self:
            order.is_repeated = order.years_in_a_row > 1

    def _search_is_repeated(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("years_in_a_row", ">", 1)]

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_record_talk(self):
        """Return whether the current user records a talk now: as the table of the talks says."""
        rule = self.env["it.kpi.rectification.talk"]._editable["points"]
        for order in self:
            order.can_record_talk = order.state in rule.states and not (
                order._get_roles().isdisjoint(rule.roles)
            )

    @api.model
    def _count_years_in_a_row(self, results, moment=None):
        """Return ``{unit: years}`` of the units of these results, which are of one year and last.

        A year counts by its current publication; one that is missing ends the row.

        :param datetime moment: the publications that were current then count; None is now
        """
        cycle = results.cycle_id
        last = self._find_last_years(results.unit_id, moment)
        counts = {}
        for unit in results.unit_id:
            year = cycle.year
            while (unit.id, year - 1) in last:
                year -= 1
            counts[unit] = cycle.year - year + 1
        return counts

    @api.model
    def _find_last_years(self, units, moment):
        """Return a set of pairs: the id of a unit, and a year in which it is among the last."""
        self.env["it.kpi.cycle"].flush_model(["year"])
        rows = self.env.execute_query(
            SQL(
                """SELECT result.unit_id, cycle.year
                     FROM (SELECT DISTINCT ON (cycle_id) id, cycle_id
                             FROM it_kpi_publication
                            WHERE state = 'published'
                              AND (%(moment)s::timestamp IS NULL OR published_at <= %(moment)s)
                            ORDER BY cycle_id, revision DESC) current
                     JOIN it_kpi_result result ON result.publication_id = current.id
                     JOIN it_kpi_cycle cycle ON cycle.id = current.cycle_id
                    WHERE result.is_last AND result.unit_id IN %(units)s""",
                moment=moment,
                units=tuple(units.ids),
            )
        )
        return set(rows)
