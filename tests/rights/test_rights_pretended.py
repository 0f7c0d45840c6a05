"""What a client pretends about its user's own record must not lead to the records of others.

An ``onchange`` computes fields of a record with values that are stored nowhere. Fields that read
past the record rules therefore look at the record as it is stored.
"""

from odoo.tests import tagged

from ..helpers.rights.rpc import REFUSED, RpcCase


@tagged("post_install", "-at_install")
class TestRightsPretended(RpcCase):
    """The reporter's own order is that of 利州, the published winner of the example is 利州."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        orders = cls.env["it.kpi.rectification"].search([("cycle_id", "=", cls.published.id)])
        cls.orders = {order.unit_id.short_name: order for order in orders}
        cls.env.flush_all()

    def pretend(self, role, record, values, shown):
        """Return what an onchange answers, or nothing where it is refused."""
        status, answer = self.rpc(
            role, record._name, "onchange", record.ids,
            values=values, field_names=list(values), fields_spec={name: {} for name in shown},
        )  # fmt: skip
        if status in REFUSED:
            return {}
        self.assertEqual(status, 200, answer)
        return answer["value"]

    def test_the_result_of_another_unit(self):
        """Not its rank, final or duty to rectify, by whichever link of the unit's own order."""
        own = self.orders["利州"]
        shown = ("rank", "final", "basis", "weakness_rule", "is_superseded", "is_still_last")
        hidden = self.published.publication_id.result_ids.filtered(
            lambda result: result.unit_id.short_name == "旺苍"
        )
        current = own.read(shown)[0]
        for values in (
            {"result_id": hidden.id},
            {"result_id": self.other_published.publication_id.result_ids[0].id},
            {"unit_id": hidden.unit_id.id},
            {"cycle_id": self.revised.id},
            {"publication_id": self.revised.publication_id.id},
        ):
            for role in ("reporter", "leader"):
                with self.subTest(role=role, values=values):
                    told = self.pretend(role, own, values, shown)
                    self.assertEqual({**current, **told}, current)

    def test_the_state_of_another_unit_s_order(self):
        own = self.orders["利州"].measure_ids
        told = self.pretend("reporter", own, {"order_id": self.orders["昭化"].id}, ["order_state"])
        self.assertNotEqual(told.get("order_state"), "draft")

    def test_whether_another_unit_has_filed(self):
        """An assessor asks on a survey of their own."""
        survey = self.surveys["朝天"]
        self.assertFalse(survey.is_ready)
        for name in ("青川", "剑阁"):
            values = {"assessment_id": self.forms[name].id}
            self.assertFalse(self.pretend("assessor", survey, values, ["is_ready"]))
