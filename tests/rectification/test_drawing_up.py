"""督促整改: which units get an order, and what is weak of them."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE
from ..helpers.rectification import WEAK, RectificationCase


@tagged("post_install", "-at_install")
class TestDrawingUp(RectificationCase):
    def test_each_of_the_last_units_gets_an_order(self):
        self.assertEqual(self.orders.mapped("unit_id.short_name"), ["青川", "剑阁", "旺苍"])
        self.assertEqual(
            self.orders.mapped("letter_number"), [f"2099年度整改通知书第{n}份" for n in (1, 2, 3)]
        )
        self.assertEqual(set(self.orders.mapped("state")), {"draft"})
        self.assertEqual(self.order.company_id, self.env.company)
        self.assertIn("not filed", self.order.basis)
        self.assertIn("Rank 5 of 6, final score 36.40; not filed", self.order.basis)
        self.assertIn("85.95 before the veto", self.orders[2].basis)

    def test_a_second_time_there_is_nothing_to_draw_up(self):
        publication = self.as_role("division", self.publication)
        self.assertFalse(publication.can_draw_up_orders)
        self.assertRefused("No unit of", publication.action_draw_up_orders)
        self.assertEqual(publication.rectification_count, 3)

    def test_a_tie_takes_all_its_units(self):
        cycle = self.open_cycle(year=2098)
        marks = dict(zip(EXAMPLE, "AABBCD", strict=True))
        self.file_forms(cycle, {unit: (mark * 16, mark * 16) for unit, mark in marks.items()})
        self.publish(cycle)
        self.env.invalidate_all()
        self.assertTrue(self.as_role("division", cycle).can_draw_up_orders)
        self.as_role("division", cycle).action_draw_up_orders()
        orders = self.env["it.kpi.rectification"].search([("cycle_id", "=", cycle.id)])
        self.assertEqual(sorted(orders.mapped("number")), [1, 2, 3, 4])
        # B is no weakness, C and D are.
        counts = {order.unit_id.short_name: len(order.weakness_ids) for order in orders}
        self.assertEqual(counts, {"朝天": 0, "旺苍": 0, "青川": 16, "剑阁": 16})

    def test_only_the_division_draws_up(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            for record in (self.publication, self.cycle):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    self.as_role(role, record).action_draw_up_orders()
                self.assertFalse(self.as_role(role, record).can_draw_up_orders)
        with self.assertRaises(AccessError):
            self.as_role("division", self.orders).create({"result_id": self.order.result_id.id})

    def test_there_is_nothing_to_draw_up_before_publication_or_after_a_revision(self):
        cycle = self.open_cycle(year=2097)
        draw_up = self.as_role("division", cycle).action_draw_up_orders
        self.assertRefused("not published yet", draw_up)
        old = self.as_role("division", self.publication)
        self.as_role("division", self.cycle).action_revise("申诉成立")
        self.record_incident("利州", "network_security", f"{self.cycle.year}-06-01")
        self.approve(self.cycle)
        self.as_role("division", self.cycle).action_publish()
        self.assertRefused("superseded", old.action_draw_up_orders)

    def test_weak_is_what_earned_less_than_the_setting_in_either_form(self):
        rows = self.cycle.rubric_id.indicator_ids
        self.assertEqual(
            self.order.weakness_ids.indicator_id, rows.browse(rows[i].id for i in WEAK)
        )
        self.assertIn("less than 80% of their points", self.order.weakness_rule)
        first = self.order.weakness_ids[0]
        self.assertEqual((first.assessment_mark, first.survey_mark), ("not filed", "C"))
        self.assertPoints(first.survey_score, 1.2)
        [leak] = self.orders[0].weakness_ids
        self.assertEqual(leak.indicator_id.name, "保密工作情况")
        self.assertEqual(leak.assessment_mark, "zeroed by an incident")

    def test_the_mean_for_what_a_unit_lacks_is_no_weakness(self):
        lines = self.publication.result_ids.line_ids.filtered(lambda line: line.origin == "mean")
        self.assertTrue(lines)
        weakness = self.env["it.kpi.rectification.weakness"]
        self.assertFalse([line for line in lines if weakness._is_weak(line, 100)])

    def test_a_weakness_stands_as_published(self):
        weakness = self.order.weakness_ids[0]
        self.assertRefused("as the published result shows it", weakness.write, {"points": 1})
        self.assertRefused("as the published result shows it", weakness.unlink)
        self.assertRefused("as a record", self.order.unlink)


@tagged("post_install", "-at_install")
class TestIncident(RectificationCase):
    """An incident is rectified too (section 7), whatever the forms were graded."""

    def test_the_indicator_that_an_incident_is_about_is_weak(self):
        order = self.orders.filtered(lambda order: order.unit_id.short_name == "旺苍")
        veto = self.cycle.rubric_id.veto_ids.filtered(lambda veto: veto.kind == "network_security")
        self.assertIn("网络安全", veto.concerned_id.name)
        self.assertIn(veto.concerned_id, order.weakness_ids.indicator_id)
        others = (self.orders - order).weakness_ids.indicator_id
        self.assertNotIn(veto.concerned_id, others)

    def test_the_demands_name_the_incident_first(self):
        demands = {order.unit_id.short_name: order.demand for order in self.orders}
        self.assertTrue(demands["旺苍"].startswith("查明当年发生的网络安全事件的原因"))
        self.assertTrue(demands["青川"].startswith("查明当年发生的失泄密事件的原因"))
        self.assertNotIn("事件", demands["剑阁"])

    def test_a_copy_of_the_rubric_names_its_own_indicator(self):
        rubric = self.cycle.rubric_id.copy()
        for veto in rubric.veto_ids:
            for indicator in veto.indicator_id | veto.concerned_id:
                self.assertEqual(indicator.rubric_id, rubric)
        self.assertTrue(rubric.veto_ids.concerned_id)
