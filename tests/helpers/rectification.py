"""The published example year, whose last units get an order of rectification."""

from odoo import Command, fields

from .common import SIGNATURE, BureauCase

UNIT = "剑阁"
WEAK = [0, 3, 5, 7, 11, 13, 15]  # the C of its survey; its self-assessment was not filed


class RectificationCase(BureauCase):
    """The published example year; reporter and leader are of 剑阁, the assessor of 旺苍."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.get_unit(UNIT).write(
            {
                "reporter_ids": [Command.set(cls.users["reporter"].ids)],
                "leader_ids": [Command.set(cls.users["leader"].ids)],
            }
        )
        cls.get_unit("旺苍").member_ids += cls.users["assessor"]
        cls.get_unit("青川").member_ids += cls.users["head"]
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)
        cls.publication.with_user(cls.users["division"]).action_draw_up_orders()
        cls.orders = cls.env["it.kpi.rectification"].search([], order="number")
        cls.order = cls.orders.filtered(lambda order: order.unit_id == cls.get_unit(UNIT))

    def setUp(self):
        super().setUp()
        self.today = fields.Date.context_today(self.order)

    @classmethod
    def add_measures(cls, order, **more):
        """Lay down two measures that answer all weak indicators, as the unit's reporter."""
        half = len(order.weakness_ids) // 2
        order.with_user(cls.users["reporter"]).write(
            {
                "measure_ids": [
                    Command.create(
                        {
                            "name": name,
                            "weakness_ids": weaknesses.ids,
                            "owner": "王芸",
                            "due_date": order.report_until,
                            **more,
                        }
                    )
                    for name, weaknesses in (
                        ("建立制度", order.weakness_ids[:half]),
                        ("开展培训", order.weakness_ids[half:]),
                    )
                ]
            }
        )

    @classmethod
    def bring_to(cls, state):
        """Bring the order to a state, every step made by the one whose part it is."""
        while cls.order.state != state:
            for step in cls.get_steps()[cls.order.state]:
                step()
        return cls.order

    @classmethod
    def get_steps(cls):
        """Return what is done in each state until the next one is reached."""
        reporter, leader, head, assessor, division = (
            cls.order.with_user(cls.users[role])
            for role in ("reporter", "leader", "head", "assessor", "division")
        )
        found = {"effectiveness": "成效明显", "effect_percent": 90}
        return {
            "draft": (division.action_issue,),
            "issued": (
                lambda: cls.add_measures(cls.order),
                lambda: leader.action_sign_plan(SIGNATURE),
            ),
            "planned": (
                lambda: reporter.measure_ids.write({"done": True}),
                lambda: reporter.write({"report": "均已完成"}),
                lambda: leader.action_sign_report(SIGNATURE),
            ),
            "reported": (
                lambda: head.write({"verifier_id": cls.users["assessor"].id}),
                lambda: assessor.write(found),
                assessor.action_verify,
            ),
            "verified": (division.action_close,),
        }
