"""Two people at a rectification order: the outcome is that of one after the other.

See ``parallel.py`` for how two acts meet, and ``parallel_year.py`` for what is compared.
"""

from odoo import Command
from odoo.tests import tagged

from ..helpers.parallel import Act
from ..helpers.parallel_year import REASON, SIGNED, ParallelYear


@tagged("post_install", "-at_install")
class TestParallelRectification(ParallelYear):
    def test_orders_are_drawn_up_twice(self):
        def prepare():
            cycle = self.play_published()
            return (
                Act("division", cycle, "action_draw_up_orders"),
                Act("division 2", cycle.publication_id, "action_draw_up_orders"),
            )

        self.check_acts(prepare)

    def check_order(self, state, *get_acts):
        self.check_acts(
            lambda: [get_act(order) for order in [self.play_order(state)] for get_act in get_acts]
        )

    def sign_plan(self, order):
        return Act("leader", order, "action_sign_plan", SIGNED)

    def sign_report(self, order):
        return Act("leader", order, "action_sign_report", SIGNED)

    def test_the_measures_are_signed_twice(self):
        self.check_order(
            "issued",
            self.sign_plan,
            lambda order: Act("leader 2", order, "action_sign_plan", SIGNED),
        )

    def test_the_measures_are_signed_while_they_are_changed(self):
        for get_act in (
            lambda order: Act("reporter", order.measure_ids, "write", ({"name": "改"},)),
            lambda order: Act("reporter", order.measure_ids, "unlink"),
            lambda order: Act(
                "reporter",
                order.measure_ids,
                "write",
                ({"weakness_ids": [Command.clear()]},),
            ),
            lambda order: Act(
                "reporter",
                order.measure_ids.browse(),
                "create",
                ([{"order_id": order.id, "name": "新", "owner": "人", "due_date": "2999-01-01"}],),
            ),
        ):
            self.check_order("issued", self.sign_plan, get_act)

    def test_the_report_is_signed_while_it_is_changed(self):
        for get_act in (
            lambda order: Act("reporter", order.measure_ids, "write", ({"done": False},)),
            lambda order: Act("reporter", order, "write", ({"report": ""},)),
        ):
            self.check_order("planned", self.sign_report, get_act)

    def test_the_report_is_signed_while_the_measures_are_reopened(self):
        self.check_order(
            "planned",
            self.sign_report,
            lambda order: Act("division", order, "action_reopen_plan", REASON),
        )

    def test_a_report_is_verified_while_it_is_sent_back(self):
        self.check_order(
            "reported",
            lambda order: Act("assessor", order, "action_verify"),
            lambda order: Act("division", order, "action_send_back", REASON),
        )

    def test_a_report_is_verified_while_its_verifier_changes(self):
        self.check_order(
            "reported",
            lambda order: Act("assessor", order, "action_verify"),
            lambda order: Act(
                "head", order, "write", ({"verifier_id": self.users["assessor 2"].id},)
            ),
        )

    def test_an_order_is_closed_while_it_is_sent_back(self):
        self.check_order(
            "verified",
            lambda order: Act("division", order, "action_close"),
            lambda order: Act("division 2", order, "action_send_back", REASON),
        )
