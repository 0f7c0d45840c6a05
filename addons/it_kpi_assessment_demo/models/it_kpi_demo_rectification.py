from datetime import date, datetime, timedelta

from odoo import fields, models


class ItKpiDemo(models.AbstractModel):
    """The orders of the published demonstration year, each in another state."""

    _inherit = "it.kpi.demo"

    def _load_rectifications(self, cycle, rows):
        publication = cycle.publication_id
        orders = self.env["it.kpi.rectification"]._draw_up(publication._get_results_without_order())
        orders.write(
            {
                "plan_until": date(cycle.year + 1, 2, 10),
                "report_until": date(cycle.year + 1, 11, 30),
                "issued_at": self._not_ahead(datetime(cycle.year + 1, 1, 8, 2, 0)),
                "state": "issued",
            }
        )
        for row in rows:
            self._load_measures(self._get_form(orders, row), row)

    def _load_measures(self, order, row):
        """Write down the unit's measures, some of them done; sign its plan, perhaps its report."""
        measures = row["measures"]
        done_on = self._not_ahead(datetime(order.year + 1, 10, 20)).date()
        order.measure_ids = [
            fields.Command.create(
                {
                    **{name: measure.get(name) for name in ("name", "owner", "remark")},
                    "weakness_ids": self._choose_weaknesses(order, measure, measures).ids,
                    "due_date": date(order.year + 1, 9, 30),
                    "done": index < row["done"],
                    "done_on": index < row["done"] and done_on,
                }
            )
            for index, measure in enumerate(measures)
        ]
        self._sign_order(order, "plan", datetime(order.year + 1, 2, 5, 3, 0))
        order.state = "planned"
        if "report" in row:
            self._sign_order(order, "report", datetime(order.year + 1, 11, 10, 8, 0))
            order.write(
                {
                    "report": row["report"],
                    "verifier_id": self._get("user", row["verifier"]).id,
                    "state": "reported",
                }
            )

    def _choose_weaknesses(self, order, measure, measures):
        """Return the weak indicators that a measure names, or else its share of them."""
        if "indicators" not in measure:
            return order.weakness_ids[measures.index(measure) :: len(measures)]
        return order.weakness_ids.filtered(
            lambda weakness: weakness.indicator_id.code in measure["indicators"]
        )

    def _sign_order(self, order, what, moment):
        leader = order.unit_id.leader_ids[:1]
        order.write(
            {
                f"{what}_signature": self._draw_signature(leader.name),
                f"{what}_signed_by_id": leader.id,
                f"{what}_signed_at": self._not_ahead(moment),
            }
        )

    def _not_ahead(self, moment):
        """Return the moment, or yesterday if the moment is in the future."""
        return min(moment, fields.Datetime.now() - timedelta(days=1))
