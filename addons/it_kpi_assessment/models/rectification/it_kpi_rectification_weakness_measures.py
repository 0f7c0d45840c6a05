from odoo import models
from odoo.tools import format_date


class ItKpiRectificationWeakness(models.Model):
    """The measures against weak indicators, as shown beside a line of a later year."""

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
