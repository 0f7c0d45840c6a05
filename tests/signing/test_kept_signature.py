"""A signature once drawn: used again by its owner, in the same year, after the password."""

from datetime import timedelta
from unittest.mock import Mock, patch

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from ..helpers.common import SIGNATURE, BureauCase

KEPT = "it.kpi.kept.signature"


class KeptCase(BureauCase):
    """Two surveys that wait for the head, whose password is the login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.sheets = cls.cycle.survey_ids[:3]
        for sheet in cls.sheets:
            sheet.assessment_id.state = "unfiled"
            sheet.assessor_ids = cls.users["assessor"]
            cls.fill(sheet, "B" * 16)
            cls.sign(sheet)

    def open(self, sheets, act="confirm", role="head"):
        dialogs = self.env["it.kpi.survey.sign.wizard"].with_user(self.users[role])
        context = {"active_ids": sheets.ids, "default_act": act}
        return Form(dialogs.with_context(**context))

    def draw(self, sheets, keeps=True):
        dialog = self.open(sheets)
        if dialog.uses_kept:
            dialog.uses_kept = False
        dialog.signature = SIGNATURE
        dialog.keeps = keeps
        return dialog.save().action_confirm()

    def use(self, sheets, password="test_head"):
        dialog = self.open(sheets).save()
        return dialog.with_context(password=password).action_confirm()

    def get_kept(self, role="head"):
        return self.env[KEPT].search([("user_id", "=", self.users[role].id)])


@tagged("post_install", "-at_install")
class TestKeptSignature(KeptCase):
    def test_it_is_drawn_once_and_used_after_the_password(self):
        self.draw(self.sheets[0])
        self.assertTrue(self.open(self.sheets[1]).uses_kept, "it is proposed")
        self.use(self.sheets[1:])
        self.assertEqual(set(self.sheets.mapped("state")), {"confirmed"})
        heads = self.sheets.signature_ids.filtered("is_head")
        self.assertEqual(set(heads.mapped("signature")), {SIGNATURE.encode()})

    def test_each_use_stands_in_the_log_of_the_document(self):
        self.draw(self.sheets[0])
        self.use(self.sheets[1:])
        for sheet, count in zip(self.sheets, (0, 1, 1), strict=True):
            entries = [
                entry for entry in sheet.message_ids if "Signed with the signature" in entry.body
            ]
            self.assertEqual(len(entries), count)
            for entry in entries:
                self.assertEqual(entry.author_id, self.users["head"].partner_id)

    def test_a_wrong_password_signs_nothing(self):
        self.draw(self.sheets[0])
        for password in ("", None, False, "wrong", "test_assessor", 1):
            with self.subTest(password=password):
                self.assertRefused("password", self.use, self.sheets[1], password)
        self.assertEqual(self.sheets[1].state, "draft")

    def test_what_is_not_to_be_kept_is_not(self):
        self.draw(self.sheets[0], keeps=False)
        self.assertFalse(self.get_kept())
        self.assertFalse(self.open(self.sheets[1]).uses_kept)
        dialog = self.open(self.sheets[1]).save()
        dialog.uses_kept = True
        refused = dialog.with_context(password="test_head").action_confirm
        self.assertRefused("No signature", refused)

    def test_it_is_the_owners_alone(self):
        self.draw(self.sheets[0])
        second = self.get_second_head()
        dialogs = self.env["it.kpi.survey.sign.wizard"].with_user(second)
        context = {"active_ids": self.sheets[1].ids, "default_act": "confirm"}
        dialog = dialogs.with_context(**context).create({"uses_kept": True})
        for password in ("test_head", second.login):
            refused = dialog.with_context(password=password).action_confirm
            self.assertRefused("No signature", refused)

    def test_it_goes_with_the_year(self):
        self.draw(self.sheets[0])
        kept = self.get_kept()
        kept.drawn_on = fields.Date.today().replace(month=1, day=1) - timedelta(1)
        self.assertRefused(
            "No signature", self.env[KEPT].with_user(self.users["head"])._unlock, "x"
        )
        self.env[KEPT]._forget_past_years()
        self.assertFalse(kept.exists())

    def test_it_goes_with_the_role_the_password_and_the_user(self):
        head = self.users["head"]
        group = self.env.ref("it_kpi_assessment.group_head")
        for act in (
            lambda: head.write({"group_ids": [Command.unlink(group.id)]}),
            lambda: group.write({"user_ids": [Command.unlink(head.id)]}),
            lambda: head.it_kpi_holding_ids.unlink(),
            lambda: head.write({"active": False}),
            lambda: head.write({"password": "another one"}),
        ):
            with self.env.cr.savepoint() as savepoint:
                self.env[KEPT].with_user(head)._keep(SIGNATURE)
                self.assertTrue(self.get_kept())
                act()
                self.assertFalse(self.get_kept())
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_cache()

    def test_a_new_drawing_takes_the_place_of_the_old_one(self):
        for _time in range(2):
            self.env[KEPT].with_user(self.users["head"])._keep(SIGNATURE)
        self.assertEqual(len(self.get_kept()), 1)

    def test_no_role_reads_it_not_even_its_owner(self):
        self.draw(self.sheets[0])
        kept = self.get_kept()
        users = [*self.users.values(), self.env.ref("base.user_admin")]
        for user in users:
            own = kept.with_user(user)
            with self.subTest(user.login):
                for act in (
                    lambda own=own: own.read(["signature"]),
                    lambda own=own: own.search([]),
                    lambda own=own: own.export_data(["signature"]),
                    lambda own=own: own.write({"drawn_on": "2099-01-01"}),
                    lambda own=own: own.unlink(),
                    lambda own=own: own.create({"user_id": own.env.uid, "signature": SIGNATURE}),
                ):
                    with self.assertRaises(UserError):  # an AccessError is one
                        act()

    def test_it_is_no_attachment(self):
        files = self.env["ir.attachment"].sudo().with_context(active_test=False)
        self.draw(self.sheets[0])
        domain = [
            ("res_model", "in", (KEPT, "it.kpi.survey.sign.wizard")),
            ("res_field", "!=", False),
        ]
        self.assertFalse(files.search(domain))

    def test_a_dialog_keeps_no_drawing(self):
        self.draw(self.sheets[0])
        dialogs = self.env["it.kpi.survey.sign.wizard"].search([])
        self.assertFalse(any(dialogs.mapped("signature")))

    def test_the_leader_uses_it_as_well(self):
        leader = self.users["leader"]
        self.env[KEPT].with_user(leader)._keep(SIGNATURE)
        form = self.get_form(self.open_cycle(year=2098), "利州")
        self.fill(form, "A" * 16)
        self.as_role("reporter", form).action_hand_over()
        dialogs = self.env["it.kpi.sign.wizard"].with_user(leader)
        dialog = Form(dialogs.with_context(active_id=form.id)).save()
        dialog.with_context(password="test_leader").action_confirm()
        self.assertEqual((form.state, form.signature), ("submitted", SIGNATURE.encode()))
        self.assertIn("Signed with the signature", form.message_ids[0].body)


@tagged("post_install", "-at_install")
class TestKeptSignatureOutside(HttpCase, KeptCase):
    """Wrong passwords count as at the login."""

    def test_guessing_is_stopped(self):
        self.draw(self.sheets[0])
        kept = self.env[KEPT].with_user(self.users["head"])
        memory = ({}, {})
        users = type(self.env["res.users"])
        fake = Mock()
        request = patch("odoo.addons.it_kpi_assessment.models.res_users_login.request", fake)
        with request, patch.object(users, "_get_login_memory", lambda self: memory):
            fake.httprequest.remote_addr = "192.0.2.7"
            for _time in range(10):
                with self.assertRaises(UserError):
                    kept._unlock("guess")
            with self.assertRaises(UserError):
                kept._unlock("test_head")
