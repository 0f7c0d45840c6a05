"""What a revision of the result means for the orders that were drawn up on the earlier one."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.queries import count_queries
from ..helpers.rectification import RectificationCase


@tagged("post_install", "-at_install")
class TestOrdersAfterRevision(RectificationCase):
    """The incident of 旺苍 is lifted: it is no longer among the last, and 朝天 is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.of = {order.unit_id.short_name: order for order in cls.orders}
        cls.of["剑阁"].with_user(cls.users["division"]).action_issue()
        cls.of["旺苍"].with_user(cls.users["division"]).action_issue()

    def setUp(self):
        super().setUp()
        self.wangcang = self.as_role("division", self.of["旺苍"])
        self.jiange = self.as_role("division", self.of["剑阁"])
        self.qingchuan = self.as_role("division", self.of["青川"])

    def revise(self):
        self.as_role("division", self.cycle).action_revise("申诉成立")
        incidents = self.env["it.kpi.incident"].search([("kind", "=", "network_security")])
        self.as_role("division", incidents).action_lift("撤销", "经复核不成立")
        self.approve(self.cycle)
        self.as_role("division", self.cycle).action_publish()
        self.env.invalidate_all()
        return self.as_role("division", self.cycle.publication_id)

    def test_an_order_says_that_its_result_is_superseded(self):
        self.assertFalse(any(self.orders.mapped("is_superseded")))
        self.revise()
        self.assertTrue(all(self.orders.mapped("is_superseded")))
        self.assertFalse(self.wangcang.is_still_last)
        self.assertTrue(self.jiange.is_still_last and self.qingchuan.is_still_last)
        self.assertIn("Rank 6 of 6", self.wangcang.basis, "it stays with its own result")

    def test_a_longer_list_of_orders_takes_no_more_queries(self):
        shown = ("rank", "final", "basis", "is_superseded", "is_still_last", "progress", "is_late")

        def count(orders):
            return count_queries(self.env, lambda: self.as_role("division", orders).read(shown))

        count(self.orders)
        self.assertEqual(count(self.orders), count(self.orders[0]))

    def test_who_is_no_longer_last_is_relieved_with_a_reason(self):
        self.revise()
        self.assertRefused("reason", self.wangcang.action_withdraw, " ")
        self.assertIn("withdraw", self.wangcang.allowed_moves)
        self.wangcang.action_withdraw("修订后不再列最后三名")
        self.assertEqual(self.wangcang.state, "withdrawn")
        self.assertIn("Reason: 修订后不再列最后三名", self.wangcang.message_ids[0].body)
        self.assertFalse(self.wangcang.allowed_moves or self.wangcang.editable_fields)
        self.assertRefused("withdrawn", self.wangcang.write, {"demand": "改"})
        self.assertRefused("withdrawn", self.wangcang.sudo().write, {"state": "issued"})
        self.assertRefused("is possible only from", self.wangcang.action_close)

    def test_other_orders_stand(self):
        self.assertRefused("rests on the current", self.wangcang.action_withdraw, "理由")
        self.assertNotIn("withdraw", self.wangcang.allowed_moves)
        self.revise()
        self.assertRefused("among the last ones", self.jiange.action_withdraw, "理由")
        self.assertNotIn("withdraw", self.jiange.allowed_moves)

    def test_only_the_division_withdraws(self):
        self.revise()
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_role(role, self.of["旺苍"]).action_withdraw("理由")

    def test_a_closed_order_is_not_withdrawn(self):
        self.wangcang.sudo().state = "closed"
        self.revise()
        self.assertRefused("is possible only from", self.wangcang.action_withdraw, "理由")

    def test_who_is_newly_last_gets_an_order_and_nobody_a_second_one(self):
        publication = self.revise()
        self.assertTrue(publication.can_draw_up_orders)
        publication.action_draw_up_orders()
        new = self.env["it.kpi.rectification"].search([("publication_id", "=", publication.id)])
        self.assertEqual(new.unit_id.mapped("short_name"), ["朝天"])
        self.assertEqual(new.number, 4)
        self.assertRefused("No unit of", publication.action_draw_up_orders)

    def test_what_was_not_issued_is_drawn_up_on_the_figures_that_hold(self):
        publication = self.revise()
        self.assertRefused("rests on a result that was revised", self.qingchuan.action_issue)
        self.assertNotIn("issue", self.qingchuan.allowed_moves)
        self.qingchuan.action_withdraw("按修订结果重新印发")
        publication.action_draw_up_orders()
        new = self.env["it.kpi.rectification"].search([("publication_id", "=", publication.id)])
        self.assertEqual(set(new.unit_id.mapped("short_name")), {"朝天", "青川"})

    def test_a_unit_reads_its_withdrawn_order_only_if_it_had_it(self):
        for name in ("旺苍", "青川"):
            self.get_unit(name).leader_ids += self.users["leader"]
        self.revise()
        self.wangcang.action_withdraw("不再列最后三名")
        self.qingchuan.action_withdraw("重新印发")
        self.assertTrue(self.as_role("leader", self.of["旺苍"]).has_access("read"))
        hidden = self.of["青川"]
        self.assertTrue(hidden.weakness_ids)
        for records in (hidden, hidden.weakness_ids):
            self.assertFalse(self.as_role("leader", records)._filtered_access("read"))
