"""The administrator is told which fonts official documents are printed in."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.printing import ReportCase


@tagged("post_install", "-at_install")
class TestFonts(ReportCase):
    def test_each_level_is_told_with_the_font_that_prints_it(self):
        answer = self.env["ir.actions.report"].action_tell_it_kpi_fonts()["params"]
        lines = answer["message"].split("\n")
        self.assertEqual(
            [line.partition("：")[0] for line in lines[:4]], ["小标宋", "黑体", "楷体", "仿宋"]
        )
        for line in lines[:4]:
            self.assertTrue(line.partition("：")[2], line)
        standard = all(known in answer["message"] for known in ("XiaoBiaoSong", "SimHei"))
        self.assertEqual(answer["type"], "success" if standard else "warning")

    def test_fonts_of_the_standard_are_no_warning(self):
        found = [(name, "FZXiaoBiaoSong-B05S", True) for name in ("小标宋", "黑体", "楷体", "仿宋")]
        reports = self.env["ir.actions.report"]
        with patch.object(type(reports), "_read_it_kpi_fonts", lambda self: found):
            self.assertEqual(reports.action_tell_it_kpi_fonts()["params"]["type"], "success")

    def test_it_is_for_the_administrator(self):
        for role in ("division", "head", "reporter"):
            with self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(self.users[role]).action_tell_it_kpi_fonts()
