"""What follows 整改通知书: 整改措施, 整改情况报告, 整改验收单 (section 7), and their drafts."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.tools import chinese

from ..helpers.printing import ReportCase, draw_signature


@tagged("post_install", "-at_install")
class TestRectificationAnswer(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.orders[1]
        cls.order.measure_ids = [
            Command.create(
                {
                    "name": "建立值班制度",
                    "owner": "王主任",
                    "due_date": fields.Date.today() + timedelta(30),
                    "weakness_ids": cls.order.weakness_ids[:2].ids,
                }
            )
        ]

    def test_drafts_say_so(self):
        for report in ("plan", "result", "check"):
            pages = self.print(f"rectification_{report}_report", self.order)
            self.assertPrinted("（草案，", pages)
            self.assertPrinted(self.order.unit_id.name, pages)

    def test_measures_print_with_the_signature_below_them(self):
        self.order.sudo().write(
            {"plan_signature": draw_signature(), "plan_signed_at": "2099-12-20 04:00:00"}
        )
        weak = "、".join(self.order.weakness_ids[:2].indicator_id.mapped("name"))
        pdf = self.make_pdf("rectification_plan_report", self.order)
        self.assertTrue(pdf.pages[-1].images)
        pages = self.print("rectification_plan_report", self.order)
        for text in ("1建立值班制度", weak, "王主任", "（盖章）2099年12月20日"):
            self.assertPrinted(text, pages)
        self.assertNotPrinted("草案", pages)

    def test_the_report_prints_what_was_done(self):
        today = fields.Date.today()
        self.order.measure_ids.sudo().write({"done": True, "done_on": today})
        self.order.sudo().write(
            {
                "report": "措施全部落实。\n制度已印发。",
                "report_signature": draw_signature(),
                "report_signed_at": "2099-12-28 04:00:00",
            }
        )
        pages = self.print("rectification_result_report", self.order)
        for text in (
            f"已完成{chinese.date(today)}",
            "措施全部落实。制度已印发。",
            "2099年12月28日",
        ):
            self.assertPrinted(text, pages)
        self.assertNotPrinted("草案", pages)

    def test_the_verification_names_who_verified(self):
        self.order.sudo().write(
            {
                "verifier_id": self.users["assessor"].id,
                "effectiveness": "现场核查属实。",
                "effect_percent": 95,
                "verified_at": "2099-12-30 04:00:00",
            }
        )
        pages = self.print("rectification_check_report", self.order)
        name = self.users["assessor"].name
        for text in ("现场核查属实。", "整改成效：95%", f"核查人：{name}2099年12月30日"):
            self.assertPrinted(text, pages)
        self.assertNotPrinted("草案", pages)
