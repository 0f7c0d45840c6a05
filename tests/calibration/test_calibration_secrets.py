"""Who grades does not find out whose form it is, nor how others graded it."""

import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .calibrating import TRACES, CalibrationCase

MODELS = ("it.kpi.calibration.sheet", "it.kpi.calibration.line")


@tagged("post_install", "-at_install")
class TestWithoutNames(CalibrationCase):
    def setUp(self):
        super().setUp()
        self.calibration = self.open()
        self.flush_tracking()

    def read_all(self, user):
        """Return all that a user reads of the round, with log and activities, as one text."""
        texts = []
        for model in MODELS:
            records = self.env[model].with_user(user).search([])
            self.assertTrue(records)
            texts += records.read()
            texts += [record.display_name for record in records]
            if "message_ids" in records._fields:
                texts += records.message_ids.mapped("body") + records.activity_ids.read()
        return json.dumps(texts, default=str, ensure_ascii=False)

    def get_names(self):
        """Return all names by which a unit, or one of its people, could be told."""
        units = self.units.mapped("name") + self.units.mapped("short_name")
        spaced = ["\u3000".join(unit.short_name) for unit in self.units]
        return [*units, *spaced, self.person.name, *TRACES, "苍山"]

    def test_no_name_in_all_that_one_reads(self):
        for user in (self.users["assessor"], self.second, self.users["head"]):
            text = self.read_all(user)
            self.assertIn("被评单位甲", text)
            self.assertIn("第16项", text)
            if user == self.users["head"]:
                continue  # reads the results of last year in any case; see below for the sheets
            for name in self.get_names():
                with self.subTest(user=user.name, name=name):
                    self.assertNotIn(name, text)

    def test_the_texts_say_what_stood_there(self):
        line = self.get_sheet(self.calibration, self.second).line_ids[0]
        self.assertEqual(
            line.own_explanation,
            "被评单位甲（被评单位甲）由某同志牵头，与其他单位联合建设〇〇系统，"
            "详见某邮箱 某电话 某电话 某文号。第01项",
        )
        self.assertEqual(line.own_remark, "被评单位甲报")
        hider = self.calibration.sudo()._get_hider("second")
        self.assertEqual(
            hider.hide(f"{self.env.company.name}、旺苍、昭化"), "本局、被评单位乙、其他单位"
        )

    def test_other_names_that_the_unit_bore(self):
        """A unit that was renamed since is called in the texts as it was published."""
        calibration = self.calibration
        self.assertEqual(calibration.sudo().first_result_id.unit_name, "昭化区交通运输局")
        self.get_unit("昭化").sudo().write({"name": "昭化新局", "short_name": "昭新"})
        hider = calibration.sudo()._get_hider("first")
        self.assertEqual(
            hider.hide("昭化区交通运输局、昭化新局、昭新"), "、".join(["被评单位甲"] * 3)
        )

    def test_the_round_is_not_read_by_who_only_grades(self):
        for user in (self.users["assessor"], self.users["reporter"], self.users["leader"]):
            calibration = self.calibration.with_user(user)
            for name in ("first_result_id", "second_result_id", "display_name", "preview", "grid"):
                with self.subTest(user=user.name, field=name), self.assertRaises(AccessError):
                    calibration.read([name])
            with self.assertRaises(AccessError):
                calibration.search([])

    def test_no_search_leads_to_the_unit(self):
        """A filter tells a bit by whether it finds something: those that lead to the unit fail."""
        for path in (
            "calibration_id.first_result_id.unit_id.name",
            "calibration_id.publication_id.result_ids.unit_id.name",
            "calibration_id.hidden_words",
        ):
            sheets = self.env[MODELS[0]].with_user(self.second)
            with self.subTest(path=path), self.assertRaises(AccessError):
                sheets.search([(path, "=", "昭化区交通运输局")])
            with self.subTest(path=path), self.assertRaises(AccessError):
                self.env[MODELS[1]].with_user(self.second).search(
                    [(f"form_id.{path}", "=", "昭化区交通运输局")]
                )

    def test_the_choice_is_the_divisions(self):
        """Head and leadership grade or read the grid without being told the units."""
        for role in ("head", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_role(role, self.calibration).read(["state"])
        self.calibration.action_close()
        for role in ("head", "leadership"):
            calibration = self.as_role(role, self.calibration)
            self.assertEqual(calibration.state, "closed")
            for name in ("first_result_id", "hidden_words", "preview"):
                with self.subTest(role=role, field=name), self.assertRaises(AccessError):
                    calibration.read([name])
        text = json.dumps(
            [*self.calibration.message_ids.mapped("body"), self.calibration.display_name]
        )
        for name in self.units.mapped("short_name"):
            self.assertNotIn(name, text)

    def test_who_is_division_elsewhere_is_not_told_the_choice(self):
        """The fields are for the group of the division, which one has in whichever bureau."""
        self.serve_elsewhere()
        choice = ("first_result_id", "second_result_id", "hidden_words")
        rounds, sheets = (
            self.env[model].with_user(self.second) for model in ("it.kpi.calibration", MODELS[0])
        )
        self.assertTrue(sheets.search([]))
        for role in ("assessor", "head", "leadership"):
            self.second.group_ids += self.env.ref(f"it_kpi_assessment.group_{role}")
            for name in choice:
                with self.subTest(role=role, field=name), self.assertRaises(AccessError):
                    self.calibration.with_user(self.second).read([name])
                with self.subTest(role=role, field=name):
                    self.assertFalse(rounds.search([(name, "!=", False)]))
                    self.assertFalse(sheets.search([(f"calibration_id.{name}", "!=", False)]))

    def test_no_forms_are_proposed_to_who_is_division_elsewhere(self):
        """Clients may send any result: the names of the units are not told by what is proposed."""
        self.serve_elsewhere()
        spec = {"publication_id": {}, "first_result_id": {}, "second_result_id": {}}
        values = {"publication_id": self.publication.id}
        for user, is_told in ((self.second, False), (self.users["division"], True)):
            model = self.env["it.kpi.calibration"].with_user(user)
            answer = model.onchange(values, ["publication_id"], spec)["value"]
            for name in ("first_result_id", "second_result_id"):
                with self.subTest(user=user.name, field=name):
                    self.assertEqual(bool(answer.get(name)), is_told)

    def test_the_division_reads_the_texts_before_it_opens_the_round(self):
        preview = self.calibration.preview
        self.assertIn("被评单位乙", preview)
        self.assertNotIn("苍山", preview)
        self.assertNotIn("昭化", preview)

    def test_a_preview_is_not_made_of_what_the_user_may_not_read(self):
        """Clients may send any result: that of a bureau where the user is no division."""
        model = self.env["it.kpi.calibration"].with_user(self.second)
        self.serve_elsewhere()
        draft = model.new({"first_result_id": self.publication.result_ids[0].id})
        self.assertFalse(draft.preview)

    def serve_elsewhere(self):
        """Let the second assessor be of the division too, in a neighbouring bureau only."""
        self.second.group_ids += self.env.ref("it_kpi_assessment.group_division")
        holdings = self.second.sudo().it_kpi_holding_ids
        holdings.filtered(lambda row: row.role == "division").company_id = self.make_company()

    def make_company(self):
        company = self.env["res.company"].create({"name": "邻市交通运输局"})
        self.second.company_ids += company
        return company


@tagged("post_install", "-at_install")
class TestOthersMarks(CalibrationCase):
    def setUp(self):
        super().setUp()
        self.calibration = self.open()
        self.sheet = self.get_sheet(self.calibration, self.second)
        self.grade(self.sheet, "A" * 16)

    def can_read(self, user):
        lines = self.sheet.line_ids.with_user(user)
        found = self.env["it.kpi.calibration.line"].with_user(user).search([])
        return bool(lines._filtered_access("read")) or bool(found & lines)

    def test_nobody_reads_them_before_the_round_is_closed(self):
        readers = (self.users["head"], self.users["division"], self.users["leadership"])
        for user in (self.third, self.users["assessor"], *readers):
            self.assertFalse(self.can_read(user), user.name)
        self.assertFalse(self.as_role("division", self.calibration).grid)
        self.calibration.action_close()
        for user in readers:
            self.assertTrue(self.can_read(user), user.name)
        for user in (self.third, self.users["assessor"]):
            self.assertFalse(self.can_read(user), user.name)

    def test_who_runs_the_round_sees_whose_sheets_are_handed_in(self):
        """Head and leadership after the end: who has no sheet of a form tells its unit (回避)."""

        def get_handed_in(role):
            sheets = self.env[MODELS[0]].with_user(self.users[role]).search([])
            return sheets.filtered(lambda row: row.state == "handed_in")

        self.assertEqual(get_handed_in("division"), self.sheet)
        self.assertEqual(self.as_role("division", self.calibration).sheet_ids, self.all_sheets())
        head = self.users["head"]
        own = self.env[MODELS[0]].with_user(head).search([])
        self.assertEqual((len(own), own.user_id), (2, head))
        leadership = self.env[MODELS[0]].with_user(self.users["leadership"])
        self.assertFalse(leadership.search([]))
        self.calibration.action_close()
        for role in ("head", "division", "leadership"):
            with self.subTest(role=role):
                self.assertEqual(get_handed_in(role), self.sheet)
                self.assertEqual(self.as_role(role, self.calibration).sheet_ids, self.all_sheets())

    def all_sheets(self):
        return self.calibration.sudo().sheet_ids

    def test_a_state_that_a_client_sends_shows_nothing(self):
        spec = {"state": {}, "grid": {}}
        division = self.as_role("division", self.calibration)
        with self.assertRaises(AccessError):
            division.onchange({"state": "closed"}, ["state"], spec)
        pretended = division.new({"state": "closed"}, origin=division)
        self.assertFalse(pretended.grid)
        sheet = self.sheet
        spec = {"state": {}, "comparison": {}}
        with self.assertRaises(AccessError):
            sheet.onchange({"state": "draft"}, ["state"], spec)
        self.assertFalse(sheet.comparison, "last year's marks are shown after closing")

    def test_everybody_reads_their_own_row_after_closing(self):
        self.calibration.action_close()
        self.env.invalidate_all()
        self.assertIn(self.second.name, self.sheet.comparison)
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.third).read(["comparison"])
