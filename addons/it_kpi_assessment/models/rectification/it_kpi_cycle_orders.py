from odoo import fields, models
from odoo.exceptions import UserError


class ItKpiCycle(models.Model):
    """The rectification orders of a year, drawn up on its current publication."""

    _inherit = "it.kpi.cycle"

    can_draw_up_orders = fields.Boolean(related="publication_id.can_draw_up_orders")

    def action_draw_up_orders(self):
        """Prepare the rectification orders of the year's current publication.

        :raise UserError: nothing is published yet
        """
        self.ensure_one()
        self.check_access("read")
        if not self.publication_id:
            raise UserError(self.env._("%s is not published yet.", self.display_name))
        return self.publication_id.action_draw_up_orders()
