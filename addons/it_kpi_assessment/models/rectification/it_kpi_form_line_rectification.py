from odoo import api, fields, models

from ...const import ORDER_UNDER_WAY


class ItKpiFormLine(models.AbstractModel):
    """The rectifications of earlier years that concern a line and are not closed yet.

    Measures are shown once the unit's leader has signed them: before, they are drafts.
    """

    _inherit = "it.kpi.form.line"

    open_rectification = fields.Text(
        compute="_compute_open_rectification",
        help="Measures of orders of earlier years that concern this indicator, until the order is "
        "closed.",
    )
    rectification_progress = fields.Char(
        "Rectified",
        compute="_compute_open_rectification",
        help="Measures done of all that concern this indicator.",
    )

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_open_rectification(self):
        """Read with sudo for the lines that the user may read: see ``_recall``."""
        open_orders = self._origin._filtered_access("read").sudo()._get_open_weaknesses()
        for line in self:
            weaknesses = open_orders.get(line._origin.id)
            line.open_rectification = bool(weaknesses) and weaknesses._describe_measures()
            line.rectification_progress = bool(weaknesses) and weaknesses._get_measure_progress()

    def _get_open_weaknesses(self):
        """Return ``{id: weak indicators of open orders that concern the line}``."""
        weaknesses = self.env["it.kpi.rectification.weakness"].search(
            [
                ("order_id.unit_id", "in", self.form_id.unit_id.ids),
                ("order_id.state", "in", ORDER_UNDER_WAY),
                ("order_id.year", "<", max(self.cycle_id.mapped("year"), default=0)),
            ]
        )
        former = self.indicator_id._get_counterparts(weaknesses.indicator_id)
        return {
            line.id: weaknesses.filtered(
                lambda weakness, line=line: (
                    weakness.indicator_id in former[line.indicator_id]
                    and weakness.order_id.unit_id == line.form_id.unit_id
                    and weakness.order_id.year < line.cycle_id.year
                )
            )
            for line in self
        }
