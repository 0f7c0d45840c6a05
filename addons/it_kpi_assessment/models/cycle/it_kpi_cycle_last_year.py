from odoo import api, fields, models


class ItKpiCycle(models.Model):
    """The year before: the latest earlier one of the bureau that has a publication."""

    _inherit = "it.kpi.cycle"

    last_cycle_id = fields.Many2one(
        "it.kpi.cycle",
        "Year before",
        compute="_compute_last_cycle_id",
        compute_sudo=True,
        groups="base.group_system",
        help="The latest earlier year with a published result, even if a year was skipped.",
    )

    @api.depends("year", "company_id")
    def _compute_last_cycle_id(self):
        """One query for all years; it fetches what the lines of forms read of last year."""
        earlier = self.search_fetch(
            [
                ("company_id", "in", self.company_id.ids),
                ("year", "<", max(self.mapped("year"), default=0)),
                ("publication_id", "!=", False),
            ],
            ["company_id", "year", "state", "publication_id"],
            order="year desc",
        )
        for cycle in self:
            cycle.last_cycle_id = earlier.filtered(
                lambda last, cycle=cycle: (
                    last.company_id == cycle.company_id and last.year < cycle.year
                )
            )[:1]
