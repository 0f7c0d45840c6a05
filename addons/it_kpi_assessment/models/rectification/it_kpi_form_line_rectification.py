from odoo import api, fields, models
from odoo.tools import format_date

OPEN_ORDERS = ("issued", "planned", "reported", "verified")


class ItKpiFormLine(models.AbstractModel):
    """The rectifications of earlier years that concern a line and are not closed yet.

    Measures are told once the unit's leader has signed them: before, they are its drafts.
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
        """Told to whoever may read the line, and only there: see ``_recall``."""
        open_orders = self._origin._filtered_access("read").sudo()._get_open_weaknesses()
        for line in self:
            weaknesses = open_orders.get(line._origin.id)
            line.open_rectification = bool(weaknesses) and weaknesses._describe_measures()
            line.rectification_progress = bool(weaknesses) and weaknesses._get_measure_progress()

    def _get_open_weaknesses(self):
        """Return ``{id: weak indicators of open orders that the line is about}``."""
        weaknesses = self.env["it.kpi.rectification.weakness"].search(
            [
                ("order_id.unit_id", "in", self.form_id.unit_id.ids),
                ("order_id.state", "in", OPEN_ORDERS),
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


class ItKpiRectificationWeakness(models.Model):
    """How the measures against weak indicators are told beside a line of a later year."""

    _inherit = "it.kpi.rectification.weakness"

    def _get_signed_measures(self):
        return self.filtered(lambda weakness: weakness.order_id.state != "issued").measure_ids

    def _get_measure_progress(self):
        measures = self._get_signed_measures()
        return f"{len(measures.filtered('done'))} / {len(measures)}"

    def _describe_measures(self):
        """Return a paragraph for every order: its state, and what is done about it until when."""
        return "\n".join(line for order in self.order_id for line in self._describe_order(order))

    def _describe_order(self, order):
        yield f"{order.letter_number}　{order._get_state_label(order.state)}"
        if order.state == "issued":
            yield self.env._(
                "Measures are to be laid down until %s",
                format_date(self.env, order.plan_until),
            )
        for measure in self._get_signed_measures() & order.measure_ids:
            yield self._describe_measure(measure)

    def _describe_measure(self, measure):
        words = {"measure": measure.name, "owner": measure.owner}
        if measure.done:
            words["date"] = format_date(self.env, measure.done_on)
            return self.env._("✓ %(measure)s (%(owner)s, done on %(date)s)", **words)
        words["date"] = format_date(self.env, measure.due_date)
        return self.env._("○ %(measure)s (%(owner)s, due on %(date)s)", **words)
