from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.counting import count_by
from ...tools.locking import touch
from ...tools.roles import has_role


class ItKpiPublication(models.Model):
    """The rectification orders of a publication's last units (article 6)."""

    _inherit = "it.kpi.publication"

    rectification_count = fields.Integer(
        "Rectification Orders", compute="_compute_rectification_count"
    )
    can_draw_up_orders = fields.Boolean(
        compute="_compute_rectification_count",
        help="The current user can draw up rectification orders, and some are missing.",
    )

    @api.depends_context("uid")
    def _compute_rectification_count(self):
        counts = count_by(self.env["it.kpi.rectification"], "publication_id", self)
        for publication in self:
            publication.rectification_count = counts.get(publication, 0)
            publication.can_draw_up_orders = bool(
                has_role(self.env, "division", publication.company_id)
                and publication.is_current
                and publication.state == "published"
                and publication.sudo()._get_results_without_order()
            )

    def action_draw_up_orders(self):
        """Prepare a rectification order for each of the last units that has none yet.

        :raise AccessError: the user is not of the division
        :raise UserError: there is a later revision, or no order is missing
        """
        self.ensure_one()
        self.check_access("read")
        if not has_role(self.env, "division", self.company_id):
            raise AccessError(
                self.env._("Rectification orders are drawn up by the informatization division.")
            )
        if self.state == "proposed":
            raise UserError(
                self.env._("%s is only proposed: orders follow its publication.", self.display_name)
            )
        if not self.is_current:
            raise UserError(self.env._("%s is superseded by a later revision.", self.display_name))
        touch(self.cycle_id)  # one at a time, for the numbers of the letters
        results = self.sudo()._get_results_without_order()
        if not results:
            raise UserError(
                self.env._("No unit of %s lacks a rectification order.", self.display_name)
            )
        orders = self.env["it.kpi.rectification"]._draw_up(results)
        return orders._get_records_action(name=self.env._("Rectification Orders"))

    def _get_results_without_order(self):
        """Return the results of the last units (ties included) that have no order yet.

        An order that was drawn up on an earlier result of the same year counts, unless it was
        withdrawn: a unit rectifies a year once.
        """
        last = self.env["it.kpi.result"].search(
            [("publication_id", "=", self.id), ("is_last", "=", True)]
        )
        orders = self.env["it.kpi.rectification"].search(
            [("cycle_id", "=", self.cycle_id.id), ("state", "!=", "withdrawn")]
        )
        return last.filtered(lambda result: result.unit_id not in orders.unit_id)
