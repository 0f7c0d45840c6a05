"""Bad input through the web client's own call: a sentence that says what to do, nothing lost."""

import json

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestBadInput(BureauCase, HttpCase):
    def call(self, role, model, method, *args, **kwargs):
        """Call as the web client does; return its result, or the error's message."""
        login = self.users[role].login
        self.authenticate(login, login)
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        if "error" in answer:
            return answer["error"]["data"]["message"]
        return answer["result"]

    def cycle_values(self, **more):
        return {
            "year": 2099,
            "source_rubric_id": self.rubric.id,
            "unit_ids": [Command.set(self.units.ids)],
            **more,
        }

    @mute_logger("odoo.sql_db", "odoo.http")
    def test_a_year_twice(self):
        self.open_cycle()
        message = self.call("division", "it.kpi.cycle", "create", [self.cycle_values()])
        self.assertIn("There is a cycle of this year already", message)

    @mute_logger("odoo.sql_db", "odoo.http")
    def test_a_unit_twice(self):
        values = {"name": self.own_unit.name, "short_name": "利州二"}
        message = self.call("division", "it.kpi.unit", "create", [values])
        self.assertIn("There is a unit of this name already", message)

    @mute_logger("odoo.sql_db", "odoo.http")
    def test_a_rubric_version_twice(self):
        values = {"name": "评价细则", "version": self.rubric.version}
        message = self.call("division", "it.kpi.rubric", "create", [values])
        self.assertIn("There is a rubric of this version already", message)

    @mute_logger("odoo.http")
    def test_a_deadline_in_the_past(self):
        values = self.cycle_values(deadline="2020-12-15 15:59:59")
        message = self.call("division", "it.kpi.cycle", "create", [values])
        self.assertIn("at least 3 days", message)

    @mute_logger("odoo.http")
    def test_two_marks_on_a_line(self):
        form = self.get_form(self.open_cycle(), "利州")
        line = form.line_ids[0]
        line.explanation = "已填写的说明"
        grade = form.rubric_id.grade_ids[0].id
        values = {"grade_id": grade, "not_applicable": True, "explanation": "改"}
        message = self.call("reporter", line._name, "write", line.ids, values)
        self.assertIn("not both", message)
        line.invalidate_recordset()
        self.assertEqual(line.explanation, "已填写的说明")
        self.assertFalse(line.is_marked)

    @mute_logger("odoo.http")
    def test_publishing_with_missing_forms(self):
        cycle = self.open_cycle()
        self.as_role("division", cycle).action_start_review("按期转入")
        message = self.call("head", cycle._name, "action_approve", cycle.ids)
        for unit in self.units:
            self.assertIn(unit.name, message)

    @mute_logger("odoo.http")
    def test_points_that_do_not_add_up(self):
        copy = self.as_role("division", self.rubric).copy()
        copy.dimension_ids[0].points = 11
        message = self.call("division", copy._name, "action_start_trial", copy.ids)
        self.assertIn("组织管理", message)
        self.assertIn("11.00", message)

    @mute_logger("odoo.http")
    def test_text_that_the_database_cannot_hold(self):
        line = self.get_form(self.open_cycle(), "利州").line_ids[0]
        self.assertIs(
            self.call("reporter", line._name, "write", line.ids, {"explanation": "甲\0乙\ud83d"}),
            True,
        )
        line.invalidate_recordset()
        self.assertEqual(line.explanation, "甲乙\ufffd")

    @mute_logger("odoo.http")
    def test_an_import_is_held_to_the_same(self):
        names = ["name", "short_name", "kind"]
        rows = [["甲\v乙\0局", "甲\u200b", "direct"], ["丙局", "字" * 201, "direct"]]
        answer = self.call("division", "it.kpi.unit", "load", names, rows)
        self.assertIn("201", answer["messages"][0]["message"])
        [unit_id] = self.call("division", "it.kpi.unit", "load", names, rows[:1])["ids"]
        unit = self.env["it.kpi.unit"].browse(unit_id)
        self.assertEqual((unit.name, unit.short_name), ("甲 乙局", "甲"))

    @mute_logger("odoo.http")
    def test_a_value_that_is_no_text_has_the_same_length(self):
        """Odoo makes a text of whatever is sent."""
        line = self.get_form(self.open_cycle(), "利州").line_ids[0]
        message = self.call("reporter", line._name, "write", line.ids, {"remark": ["字" * 600]})
        self.assertIn("500", message)
