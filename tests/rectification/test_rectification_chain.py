"""督促整改 as a chain: years in a row are marked and demanded again, talks are on record."""

from datetime import timedelta

import lxml.html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE
from ..helpers.printing import squeeze
from ..helpers.rectification import RectificationCase


@tagged("post_install", "-at_install")
class TestYearsInARow(RectificationCase):
    def draw_up_again(self, year, marks=EXAMPLE):
        cycle = self.open_cycle(year=year)
        self.file_forms(cycle, marks)
        self.publish(cycle)
        self.as_role("division", cycle).action_draw_up_orders()
        orders = self.env["it.kpi.rectification"].search([("cycle_id", "=", cycle.id)])
        return {order.unit_id.short_name: order for order in orders}

    def test_a_first_year_is_not_marked(self):
        self.assertEqual(set(self.orders.mapped("years_in_a_row")), {1})
        self.assertFalse(any(self.orders.mapped("is_repeated")))
        self.assertNotIn("连续", "".join(self.orders.mapped("demand")))

    def test_a_second_year_in_a_row_is_marked_and_demanded_again(self):
        orders = self.draw_up_again(2100)  # without the incident 旺苍 is none of the last
        years = {name: order.years_in_a_row for name, order in orders.items()}
        self.assertEqual(years, {"朝天": 1, "剑阁": 2, "青川": 2})
        self.assertTrue(orders["剑阁"].is_repeated)
        self.assertIn("你单位已连续两年列入督促整改", orders["剑阁"].demand)
        self.assertNotIn("连续", orders["朝天"].demand)
        found = self.env["it.kpi.rectification"].search([("is_repeated", "=", True)])
        self.assertEqual(set(found.mapped("unit_id.short_name")), {"剑阁", "青川"})

    def test_a_year_between_ends_the_row(self):
        orders = self.draw_up_again(2101)
        self.assertEqual(orders["剑阁"].years_in_a_row, 1)

    def test_a_third_year(self):
        self.draw_up_again(2100)
        self.assertEqual(self.draw_up_again(2101)["剑阁"].years_in_a_row, 3)

    def test_a_revision_counts_not_what_it_replaced(self):
        self.as_role("division", self.cycle).action_revise("申诉成立")
        incident = self.env["it.kpi.incident"].search([("kind", "=", "leak")])
        self.as_role("division", incident).action_lift("撤销", "经复核不成立")
        self.approve(self.cycle)
        self.as_role("division", self.cycle).action_publish()
        last = self.cycle.publication_id.result_ids.filtered("is_last")
        gone = "青川" not in last.unit_id.mapped("short_name")
        self.assertEqual(self.draw_up_again(2100)["青川"].years_in_a_row, 1 if gone else 2)

    def render_notice(self, publication):
        action = self.env.ref("it_kpi_assessment.publication_report")
        html, _kind = action._render_qweb_html(action.report_name, publication.ids)
        return squeeze(lxml.html.fromstring(html).text_content())

    def test_the_notice_marks_who_is_among_the_last_again(self):
        first = self.cycle.publication_id
        self.assertNotIn("连续", self.render_notice(first))
        second = next(iter(self.draw_up_again(2100).values())).publication_id
        names = [
            row.unit_name for row in second.result_ids if row.unit_short_name in ("剑阁", "青川")
        ]
        marked = f"其中,{'、'.join(names)}已连续两年列入督促整改。以上单位"
        self.assertIn(marked, self.render_notice(second))
        third = next(iter(self.draw_up_again(2101).values())).publication_id
        names = [row.unit_name for row in third.result_ids.filtered("is_last")
                 if row.unit_short_name != "朝天"]  # fmt: skip
        twice = self.get_unit("朝天").name
        marked = f"{twice}已连续两年列入督促整改,{'、'.join(names)}已连续三年列入督促整改。"
        self.assertIn(marked, self.render_notice(third))

    def test_a_notice_stays_as_it_was_when_an_earlier_year_is_revised(self):
        second = next(iter(self.draw_up_again(2100).values())).publication_id
        self.env.cr.execute(  # the tests publish within one second
            "UPDATE it_kpi_publication SET published_at = published_at - interval '1 day'"
        )
        self.env.invalidate_all()
        before = self.render_notice(second)
        self.as_role("division", self.cycle).action_revise("复核")
        lines = self.get_form(self.cycle, "青川", "survey").line_ids
        lines.sudo().grade_id = lines.rubric_id.grade_ids[0]
        self.approve(self.cycle)
        self.as_role("division", self.cycle).action_publish()
        last = self.cycle.publication_id.result_ids.filtered("is_last")
        self.assertNotIn("青川", last.unit_id.mapped("short_name"))
        self.assertEqual(self.render_notice(second), before)

    def test_the_letter_says_so(self):
        order = self.draw_up_again(2100)["剑阁"]
        letter = self.env["report.it_kpi_assessment.report_rectification"]
        self.assertEqual(letter._get_reasons(order)[0], "已连续两年列入督促整改")
        self.assertFalse([text for text in letter._get_reasons(self.order) if "连续" in text])


@tagged("post_install", "-at_install")
class TestTalks(RectificationCase):
    def record(self, order, role="division", **vals):
        talks = self.env["it.kpi.rectification.talk"].with_user(self.users[role])
        people = {"people": "分管副局长与剑阁县局主要负责人", "points": "限期完成制度建设"}
        return talks.create({"order_id": order.id, "date": self.today, **people, **vals})

    def test_the_division_records_a_talk(self):
        self.as_role("division", self.order).action_issue()
        talk = self.record(self.order)
        self.assertEqual(self.order.talk_ids, talk.sudo(False))
        self.assertIn("分管副局长", self.order.message_ids[0].body)
        talk.points = "限期一个月"
        reporter = talk.with_user(self.users["reporter"])
        self.assertEqual(reporter.points, "限期一个月", "the unit reads it")

    def test_only_the_division_does_and_only_while_the_order_is_under_way(self):
        with self.assertRaises(UserError):
            self.record(self.order)  # it is not issued yet
        self.as_role("division", self.order).action_issue()
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.record(self.order, role)
        talk = self.record(self.order)
        self.order.sudo().state = "closed"
        with self.assertRaises(UserError):
            talk.points = "另议"

    def test_it_was_held_and_stays(self):
        self.as_role("division", self.order).action_issue()
        self.assertRefused("was held", self.record, self.order, date=self.today + timedelta(1))
        talk = self.record(self.order)
        with self.assertRaises(UserError):
            talk.unlink()
        with self.assertRaises(UserError):
            talk.sudo().unlink()
