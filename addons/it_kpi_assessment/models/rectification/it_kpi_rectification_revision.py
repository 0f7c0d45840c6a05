from odoo import api, fields, models
from odoo.exceptions import UserError


class ItKpiRectification(models.Model):
    """What a revision of the result means for the orders drawn up on the earlier one.

    An order keeps the result that it was drawn up on. A unit that is still among the last goes on
    with its order; the order of one that no longer is can be withdrawn.
    """

    _inherit = "it.kpi.rectification"

    is_superseded = fields.Boolean(
        "Rests on an Earlier Result",
        compute="_compute_is_superseded",
        help="The result was revised since the order was drawn up.",
    )
    is_still_last = fields.Boolean(
        "Still Must Rectify",
        compute="_compute_is_superseded",
        help="The unit is among the last ones of the current result, too.",
    )

    @api.depends("cycle_id.publication_id", "unit_id")
    def _compute_is_superseded(self):
        """Results are read with sudo: all users who may read the order may know this."""
        orders = self._origin.sudo()
        last = orders.env["it.kpi.result"].search(
            [
                ("publication_id", "in", orders.cycle_id.publication_id.ids),
                ("unit_id", "in", orders.unit_id.ids),
                ("is_last", "=", True),
            ]
        )
        still_last = {(result.cycle_id, result.unit_id) for result in last}
        for order in self:
            stored = order._origin.sudo()
            order.is_superseded = stored.publication_id != stored.cycle_id.publication_id
            order.is_still_last = (stored.cycle_id, stored.unit_id) in still_last

    def _is_move_allowed(self, name):
        allowed = super()._is_move_allowed(name)
        if name == "issue":
            return allowed and not self.is_superseded
        return allowed and (name != "withdraw" or not self._get_withdrawal_problem())

    def action_withdraw(self, reason):
        """Withdraw orders whose reason a revision removed; they stay, as a record.

        :raise UserError: an order rests on the current result, or its unit is still among the last
        """
        reason = self._check_reason(reason)
        self._check_move("withdraw")
        for order in self:
            problem = order._get_withdrawal_problem()
            if problem:
                raise UserError(problem)
        self._move("withdraw", reason)

    def _get_withdrawal_problem(self):
        """Return why the order cannot be withdrawn, or False.

        A draft can: it is drawn up once more on the current result, so that the letter shows the
        current figures.
        """
        if not self.is_superseded:
            return self.env._("%s rests on the current result: it stands.", self.display_name)
        if self.is_still_last and self.state != "draft":
            return self.env._(
                "%s stands: its unit is among the last ones of the current result, too.",
                self.display_name,
            )
        return False

    def _check_rests_on_current(self):
        for order in self:
            if order.is_superseded:
                raise UserError(
                    self.env._(
                        "%s rests on a result that was revised. Withdraw it; if its unit is still "
                        "among the last, draw up another one.",
                        order.display_name,
                    )
                )
