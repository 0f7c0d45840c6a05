"""The paper form on the screen: filled by mouse, by keyboard, on a phone, offline, by two."""

import json

from odoo.tests import HttpCase

from ..helpers.screens import ScreensCase


class PaperFormCase(HttpCase, ScreensCase):
    def tour(self, name, login="test_reporter", form=None, cookies=None):
        form = form or self.own_form
        path = "it-kpi-my-surveys" if form._name == "it.kpi.survey" else "it-kpi-my-assessments"
        self.start_tour(
            f"/odoo/{path}/{form.id}", f"it_kpi_paper_{name}", login=login, cookies=cookies
        )
        form.invalidate_recordset()

    def get_marks(self, form):
        return "".join(
            "N" if line.not_applicable else line.grade_id.code or "-" for line in form.line_ids
        )


class TestPaperForm(PaperFormCase):
    def test_sixteen_clicks_fill_sixteen_marks(self):
        self.tour("by_mouse")
        self.assertEqual(self.get_marks(self.own_form), "AB" * 8)

    def test_the_keyboard_suffices(self):
        self.tour("by_keyboard")
        self.assertEqual(self.get_marks(self.own_form), "B" * 14 + "-N")
        self.assertEqual(self.own_form.line_ids[15].explanation, "本单位无此项业务")

    def test_only_returned_lines_change(self):
        self.fill(self.own_form, "A" * 16)
        self.own_form.state = "submitted"
        line = self.own_form.line_ids[3]
        division = self.as_role("division", self.own_form)
        division.action_return({str(line.id): "缺少计划文件"})
        self.tour("returned")
        self.assertEqual(self.get_marks(self.own_form), "AAAC" + "A" * 12)

    def test_a_lost_connection_loses_nothing(self):
        self.tour("offline")
        self.assertEqual(self.get_marks(self.own_form), "AB" + "-" * 14)
        self.assertEqual(self.own_form.line_ids[1].explanation, "断网时写下")

    def test_a_file_chosen_without_a_connection_is_sent_after_the_page_was_left(self):
        self.tour("offline_files")
        self.assertEqual(self.get_marks(self.own_form)[0], "A")
        [file] = self.own_form.line_ids[0].attachment_ids
        self.assertEqual((file.name, file.raw.decode()), ("台账.txt", "断网时附上"))

    def test_two_people_see_each_other(self):
        leader, line = self.users["leader"], self.own_form.line_ids[1]
        grade = self.rubric_grade(self.own_form, "C")
        other = {
            "db": self.env.cr.dbname,
            "uid": leader.id,
            "password": leader.login,
            "model": line._name,
            "id": line.id,
            "vals": {"grade_id": grade.id},
        }
        self.tour("two_people", cookies={"another": json.dumps(other, separators=(",", ":"))})
        self.assertEqual(self.get_marks(self.own_form), "AC" + "-" * 14)
        self.assertEqual(self.own_form.line_ids[0].explanation, "我正在写")

    def test_an_assessor_sees_the_own_mark_and_gives_the_reason(self):
        self.fill(self.own_form, "A" * 16)
        self.own_form.state = "submitted"
        survey = self.get_form(self.cycle, "利州", "survey")
        survey.assessor_ids = self.users["assessor"]
        self.tour("survey", "test_assessor", survey)
        self.assertEqual(self.get_marks(survey), "CA" + "-" * 14)
        self.assertEqual(survey.line_ids[0].remark, "现场未见领导小组文件")

    def rubric_grade(self, form, code):
        return form.rubric_id.grade_ids.filtered(lambda grade: grade.code == code)


class TestPaperFormOnPhone(PaperFormCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_phone_shows_one_indicator_at_a_time(self):
        self.tour("on_phone")
        self.assertEqual(self.get_marks(self.own_form), "B" * 16)
        self.assertEqual(self.own_form.line_ids[15].explanation, "手机上填写")


class TestPaperFormUnits(HttpCase):
    def test_the_component(self):
        """Run the Hoot tests of the addon, as Odoo runs its own."""
        suite = f"{hoot_hash('@it_kpi_assessment')}"
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )


def hoot_hash(name):
    """Return the id by which Hoot knows a suite."""
    number = 0
    for character in name:
        number = (number * 31 + ord(character)) & 0xFFFFFFFF
    return f"{number:08x}"
