"""Many at once: assigning, signing and confirming from the list, with what each of them lacks."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..helpers.common import SIGNATURE, BureauCase

NAMES = ("利州", "昭化", "朝天", "旺苍")


class ManyCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["second"] = cls.new_user("assessor", "test_second")
        cls.cycle = cls.open_cycle()
        cls.sheets = cls.env["it.kpi.survey"].union(
            *(cls.get_form(cls.cycle, name, "survey") for name in NAMES)
        )
        cls.sheets.assessment_id.write({"state": "unfiled"})

    def open(self, name, role, **context):
        dialogs = self.env[f"it.kpi.{name}.wizard"].with_user(self.users[role])
        return Form(dialogs.with_context(active_ids=self.sheets.ids, **context))


@tagged("post_install", "-at_install")
class TestAssigning(ManyCase):
    def assign(self, assigned, role="head", reason=False):
        dialog = self.open("assignment", role)
        dialog.assigned = {**dialog.assigned, **assigned}
        if reason:
            dialog.reason = reason
        return dialog.save().action_confirm()

    def to_all(self, *roles):
        ids = [self.users[role].id for role in roles]
        return {str(sheet.id): ids for sheet in self.sheets}

    def test_all_of_them_in_one_go(self):
        self.assign(self.to_all("assessor", "second"))
        for sheet in self.sheets:
            self.assertEqual(sheet.assessor_ids, self.users["assessor"] | self.users["second"])
            self.assertIn("Assigned", sheet.message_ids[0].body)

    def test_who_belongs_to_a_unit_is_greyed_and_refused(self):
        self.get_unit("昭化").member_ids += self.users["second"]
        table = self.open("assignment", "head").table
        recused = {row["unit"]: row["recused"] for row in table["rows"]}
        self.assertEqual(recused.pop("昭化"), self.users["second"].ids)
        self.assertFalse(any(recused.values()))
        names = {person["login"] for person in table["people"]}
        self.assertEqual(names, {"test_assessor", "test_second"})
        with self.assertRaises(ValidationError):
            self.assign(self.to_all("second"))

    def test_where_assessors_have_begun_a_reason_is_needed(self):
        self.sheets.assessor_ids = self.users["assessor"]
        self.fill(self.sheets[0], "B")
        dialog = self.open("assignment", "head")
        self.assertFalse(dialog.needs_reason)
        dialog.assigned = self.to_all("second")
        self.assertTrue(dialog.needs_reason)
        dialog.reason = "调整分工"
        dialog.save().action_confirm()
        self.assertEqual(self.sheets.assessor_ids, self.users["second"])
        self.assertIn("调整分工", self.sheets[0].message_ids[0].body)
        self.assertNotIn("调整分工", self.sheets[1].message_ids[0].body)

    def test_the_server_asks_for_the_reason_too(self):
        self.fill(self.sheets[0], "B")
        dialogs = self.env["it.kpi.assignment.wizard"].with_user(self.users["head"])
        dialog = dialogs.create({"form_ids": self.sheets.ids, "assigned": self.to_all("second")})
        self.assertRefused("reason", dialog.action_confirm)

    def test_a_confirmed_survey_stays_as_it_is(self):
        self.sheets[0].state = "confirmed"
        table = self.open("assignment", "head").table
        self.assertEqual([row["is_locked"] for row in table["rows"]], [True, False, False, False])
        with self.assertRaises(UserError):
            self.assign(self.to_all("assessor"))

    def test_it_is_for_heads_and_never_for_their_own_unit(self):
        for role in ("assessor", "division", "leadership", "reporter"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.assign(self.to_all("assessor"), role)
        self.get_unit("昭化").member_ids += self.users["head"]
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.assign(self.to_all("assessor"))

    def test_only_ids_are_taken(self):
        dialogs = self.env["it.kpi.assignment.wizard"].with_user(self.users["head"])
        for value in ("1", [True], {"a": 1}, [["1"]], [1.5]):
            assigned = {str(self.sheets[0].id): value}
            dialog = dialogs.create({"form_ids": self.sheets.ids, "assigned": assigned})
            with self.subTest(value=value):
                self.assertRefused("by their ids", dialog.action_confirm)
        reporter = self.users["reporter"].id
        assigned = {str(self.sheets[1].id): [reporter]}
        dialog = dialogs.create({"form_ids": self.sheets.ids, "assigned": assigned})
        with self.assertRaises(UserError):
            dialog.action_confirm()


@tagged("post_install", "-at_install")
class TestConfirmingMany(ManyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheets.assessor_ids = cls.users["assessor"]
        for sheet in cls.sheets:
            cls.fill(sheet, "B" * 16)
            sheet.visit_date = "2099-11-20"

    def sign_all(self, role, act):
        dialog = self.open("survey.sign", role, default_act=act)
        dialog.signature = SIGNATURE
        return dialog.save().action_confirm()

    def test_assessors_sign_and_the_head_confirms_in_one_go(self):
        self.sign_all("assessor", "sign")
        self.assertEqual(len(self.sheets.signature_ids), len(NAMES))
        self.sign_all("head", "confirm")
        self.assertEqual(set(self.sheets.mapped("state")), {"confirmed"})

    def test_those_that_lack_something_are_named_and_left(self):
        self.sheets[0].line_ids[0].grade_id = False
        self.sheets[1].visit_date = False
        dialog = self.open("survey.sign", "assessor", default_act="sign")
        self.assertEqual((dialog.form_count, dialog.ready_count), (4, 2))
        texts = [finding["text"] for finding in dialog.findings]
        self.assertIn(self.sheets[0].unit_id.name, texts[0])
        self.assertIn("which day", texts[1])
        self.sign_all("assessor", "sign")
        self.assertEqual(self.sheets.signature_ids.form_id, self.sheets[2:])

    def test_what_is_signed_already_is_left(self):
        self.sign(self.sheets[0])
        self.sign_all("assessor", "sign")
        self.assertEqual(len(self.sheets.signature_ids), len(NAMES))

    def test_today_is_proposed_for_the_visit_of_one(self):
        self.sheets[0].visit_date = False
        dialogs = self.env["it.kpi.survey.sign.wizard"].with_user(self.users["assessor"])
        dialog = Form(dialogs.with_context(active_id=self.sheets[0].id))
        self.assertTrue(dialog.asks_date and dialog.visit_date)
        self.assertEqual(dialog.ready_count, 1)
        dialog.visit_date = "2099-11-18"
        dialog.signature = SIGNATURE
        dialog.save().action_confirm()
        self.assertEqual(str(self.sheets[0].visit_date), "2099-11-18")
        self.assertTrue(self.sheets[0].signature_ids)

    def test_the_own_unit_is_not_among_them(self):
        self.sign_all("assessor", "sign")
        self.get_unit("昭化").member_ids = [Command.link(self.users["head"].id)]
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.sign_all("head", "confirm")
        self.assertEqual(set(self.sheets.mapped("state")), {"draft"})

    def test_a_line_is_returned_from_the_line(self):
        form = self.get_form(self.cycle, "剑阁")
        self.fill(form, "A" * 16)
        form.state = "submitted"
        line = form.line_ids[4]
        dialogs = self.env["it.kpi.return.wizard"].with_user(self.users["division"])
        context = {"active_id": form.id, "it_kpi_returned_line_id": line.id}
        dialog = dialogs.with_context(**context).create({})
        chosen = dialog.line_ids.filtered("is_returned")
        self.assertEqual(chosen.line_id, line)
        self.assertEqual(dialog.line_ids[0], chosen, "it stands first")
        chosen.reason = "补充"
        dialog.action_confirm()
        self.assertEqual(form.line_ids.filtered("returned"), line)
