"""整改通知书 (section 5), by both engines."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.tools import chinese

from ..helpers.printing import ReportCase


@tagged("post_install", "-at_install")
class TestRectificationReport(ReportCase):
    def test_the_letter_says_why_what_and_until_when(self):
        last, unfiled, vetoed = self.orders
        self.orders.with_user(self.users["division"]).action_issue()
        rule = "在自评或实地考核中得分低于该项分值的80%"
        for order, texts in (
            (last, ("得分68.00分，列第4名", "当年发生失泄密事件，“保密工作情况”得分为0", rule)),
            (unfiled, ("得分36.40分，列第5名", "未报送自评表，自评得分为0", "七项", rule)),
            (vetoed, ("列第6名", "当年发生网络安全事件，最终得分为0，否决前得分85.95", rule)),
        ):
            pages = self.print("rectification_report", order)
            for text in (
                "信息化绩效考核整改通知书",
                "广交函〔　　〕　　号",
                f"{order.unit_id.name}：",
                "《信息化绩效考核管理办法（试行）》（广交函〔2023〕4号）",
                "对六个单位2099年度信息化工作进行了考核",
                "属考核得分最后三名的单位",
                f"请于{chinese.date(order.plan_until)}前报送整改措施",
                f"于{chinese.date(order.report_until)}前完成整改",
                order.company_id.name + chinese.date(order.issued_at),
                *order.demand.splitlines(),
                *texts,
            ):
                self.assertPrinted(text, pages)

    def test_weak_indicators_stand_with_both_marks(self):
        last, unfiled, _vetoed = self.orders
        rows = self.read_rows("rectification_report", unfiled)[2:]
        self.assertEqual(len(rows), 7)
        self.assertEqual(rows[0], ["组织管理", "领导重视程度", "2", "未报", "0.00", "C", "1.20"])
        [row] = self.read_rows("rectification_report", last)[2:]
        self.assertEqual(row[1:], ["保密工作情况", "15", "事件归零", "0.00", "事件归零", "0.00"])

    def test_without_weak_indicators_there_is_no_table(self):
        order = self.orders[2]
        self.env.cr.execute(
            "DELETE FROM it_kpi_rectification_weakness WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        self.assertFalse(self.read_rows("rectification_report", order))
        self.assertPrinted("请针对上述情形整改", self.print("rectification_report", order))

    def test_a_draft_says_that_it_is_not_issued(self):
        pages = self.print("rectification_report", self.orders[0])
        self.assertPrinted("（草案，未印发）", pages)

    def test_who_reads_the_order_prints_it(self):
        order = self.orders[1]
        order.unit_id.write({"leader_ids": self.users["leader"].ids})
        order.write({"state": "reported", "verifier_id": self.users["assessor"].id})
        for role in ("leader", "assessor", "head", "division", "leadership"):
            self.assertTrue(self.print("rectification_report", order, role=role))
        with self.assertRaises(AccessError):
            self.print("rectification_report", order, role="reporter")
