from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...const import CYCLE_UNDER_WAY
from ...tools.roles import has_role


class ItKpiCycle(models.Model):
    """回避: users who belong to a unit that takes part know no score of the year too early.

    Numbers can be inferred from other numbers: a total from a final, a mark from a mean and the
    other marks. So before publication these users read nothing that was computed from surveys,
    in whatever role (spec, section 4). Record rules hide the live ranking; what is computed
    otherwise asks ``_check_not_recused``.

    A user who leaves a unit while the year is under way stays recused: nobody reads or approves it
    by being taken out of a unit first.
    """

    _inherit = "it.kpi.cycle"

    is_recused = fields.Boolean(
        "Recused",
        compute="_compute_is_recused",
        search="_search_is_recused",
        help="The current user belongs to a unit that takes part, and the result is not published.",
    )

    @api.depends("state", "unit_ids.member_ids", "survey_ids.former_member_ids")
    @api.depends_context("uid")
    def _compute_is_recused(self):
        """One query for all cycles, because record rules ask this field of each row."""
        recused = self.sudo().search([("id", "in", self._origin.ids), ("is_recused", "=", True)])
        for cycle in self:
            cycle.is_recused = cycle._origin.id in recused._ids

    def _search_is_recused(self, operator, value):
        """Find the cycles by their units; archived units count, because they still take part."""
        if operator != "in":
            return NotImplemented
        own = self.env["it.kpi.unit"].sudo().with_context(active_test=False)
        units = own._search([("member_ids", "in", self.env.uid)])
        left = self.env["it.kpi.survey"].sudo()._search([("former_member_ids", "in", self.env.uid)])
        return [
            ("state", "in", CYCLE_UNDER_WAY),
            "|",
            ("unit_ids", "in", units),
            ("survey_ids", "in", left),
        ]

    def _get_roles(self):
        """A head who is recused does not approve: a second head does."""
        roles = super()._get_roles()
        return roles - {"head"} if self.is_recused else roles

    def _get_role_error(self, move):
        if self.is_recused and "head" in move.roles and has_role(self.env, "head", self.company_id):
            return self.env._(
                "You belong to a unit that takes part in %(cycle)s (回避). “%(move)s” is for "
                "another head of the assessment group.",
                cycle=self.display_name,
                move=move.label,
            )
        return super()._get_role_error(move)

    def _check_not_recused(self):
        """Raise an AccessError if the current user may not know scores of these years yet."""
        for cycle in self:
            if cycle.is_recused:
                raise AccessError(
                    self.env._(
                        "You belong to a unit that takes part in %s: what is computed from the "
                        "surveys is shown to you after publication (回避).",
                        cycle.display_name,
                    )
                )
