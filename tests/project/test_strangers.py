"""What Odoo opens to people without a login, and to every employee: closed, over HTTP."""

import base64
import re
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged

from ..helpers.common import BureauCase

PREVIEW = "odoo.addons.mail.tools.link_preview.get_link_preview_from_url"
RESET = "/web/reset_password"


@tagged("post_install", "-at_install")
class TestRightsStrangers(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["nobody"] = new_test_user(
            cls.env, "test_nobody", groups="base.group_user", password="test_nobody"
        )
        cls.settings = cls.env["ir.config_parameter"]

    def log_in(self, role):
        login = self.users[role].login
        self.authenticate(login, login)

    def ask_for_password(self, login):
        """Ask for a link to a new password, and return what the page says."""
        page = self.url_open(RESET)
        token = re.search(r'csrf_token" value="([^"]+)"', page.text)[1]
        answer = self.url_open(RESET, data={"login": login, "csrf_token": token})
        self.assertEqual(answer.status_code, 200)
        return re.sub(r"\s+|csrf_token: \"[^\"]+\"|value=\"[^\"]*\"", "", answer.text)

    def test_nobody_opens_an_account(self):
        self.assertEqual(self.settings.get_param("auth_signup.invitation_scope"), "b2b")
        vals = {"login": "x", "name": "冒名", "password": "x" * 12, "confirm_password": "x" * 12}
        for answer in (self.url_open("/web/signup"), self.url_open("/web/signup", data=vals)):
            self.assertIn(answer.status_code, (400, 404))
        self.assertFalse(self.env["res.users"].search([("login", "=", "x")]))

    def test_a_new_password_is_not_mailed(self):
        self.assertEqual(self.settings.get_param("auth_signup.reset_password"), "False")
        self.assertEqual(self.url_open(RESET).status_code, 404)
        self.assertNotIn(RESET, self.url_open("/web/login").text)

    def test_asking_for_a_new_password_tells_no_login_and_no_name(self):
        """Where an administrator has switched it on."""
        self.settings.set_param("auth_signup.reset_password", "True")
        self.users["reporter"].partner_id.email = False
        self.users["leader"].partner_id.email = "leader@example.com"
        users = self.env.registry["res.users"]
        with patch.object(users, "_action_reset_password", autospec=True) as mailed:
            answers = {self.ask_for_password(login) for login in ("test_leader", "unknown")}
            self.assertEqual(mailed.call_count, 1)
        answers.add(self.ask_for_password("test_reporter"))  # has no mail address
        self.assertEqual(len(answers), 1)
        self.assertNotIn(self.users["reporter"].name, answers.pop())

    def test_an_address_of_mail_is_not_turned_into_a_login(self):
        self.settings.set_param("auth_signup.reset_password", "True")
        self.settings.set_param("auth_signup.invitation_scope", "b2c")
        self.users["leader"].partner_id.email = "leader@example.com"
        self.env["res.users.log"].with_user(self.users["leader"]).sudo().create({})  # was here
        self.assertEqual(self.users["leader"].state, "active")
        for path in (RESET, "/web/signup"):
            answer = self.url_open(f"{path}?signup_email=leader@example.com", allow_redirects=False)
            with self.subTest(path=path):
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("test_leader", answer.text)

    def preview(self, kind):
        call = {"jsonrpc": "2.0", "method": "call", "params": {"preview_url": "http://10.0.0.1/"}}
        with patch(PREVIEW, return_value={"og_description": "内网"}) as fetched:
            answer = self.url_open(f"/html_editor/link_preview_{kind}", json=call).json()
        return fetched.called, answer

    def test_the_server_fetches_no_page_for_a_preview(self):
        for role in (None, "nobody", "division"):
            if role:
                self.log_in(role)
            for kind in ("external", "internal"):
                fetched, answer = self.preview(kind)
                with self.subTest(role=role, kind=kind):
                    self.assertFalse(fetched)
                    self.assertNotIn("内网", str(answer))
        self.assertFalse(self.env["mail.link.preview"]._is_link_preview_enabled())

    def test_previews_that_an_administrator_switches_on_need_a_login(self):
        self.settings.set_param("mail.link_preview_throttle", "99")
        for kind in ("external", "internal"):
            fetched, answer = self.preview(kind)
            self.assertFalse(fetched)
            self.assertIn("error", answer)
        self.log_in("nobody")
        self.assertTrue(self.preview("external")[0])

    def test_a_picture_is_not_turned_into_a_page(self):
        self.log_in("nobody")
        page = base64.b64encode(b"<html>form</html>").decode()
        file = self.env["ir.attachment"].with_user(self.users["nobody"]).create(
            {"name": "a.png", "raw": b"x", "mimetype": "image/png"}
        )  # fmt: skip
        values = {"res_model": "res.users.settings", "res_id": 0, "name": "a.html", "data": page}
        for kind in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"):
            call = {"jsonrpc": "2.0", "method": "call", "params": {**values, "mimetype": kind}}
            answer = self.url_open(f"/html_editor/modify_image/{file.id}", json=call).json()
            with self.subTest(kind=kind):
                self.assertIn("Only pictures", str(answer.get("error")))
                copies = [("original_id", "=", file.id)]
                self.assertFalse(self.env["ir.attachment"].search_count(copies))

    def test_the_interface_is_listed_for_administrators_only(self):
        for role in (None, "nobody", "division"):
            if role:
                self.log_in(role)
            for path in ("/doc", "/doc/index.json", "/doc/it.kpi.survey.json"):
                answer = self.url_open(path, allow_redirects=False)
                with self.subTest(role=role, path=path):
                    self.assertNotEqual(answer.status_code, 200)
        self.authenticate("admin", "admin")
        self.assertEqual(self.url_open("/doc").status_code, 200)

    def test_the_shop_is_for_administrators_only(self):
        shop = self.env.ref("base.menu_management")
        inside = self.env["ir.ui.menu"].search([("id", "child_of", shop.id)])
        module = self.env.ref("base.module_it_kpi_assessment")
        for role in ("nobody", "division"):
            user = self.users[role]
            with self.subTest(role=role):
                visible = inside.with_user(user)._visible_menu_ids()
                self.assertFalse(visible & set(inside.ids))
                self.assertFalse(module.with_user(user).search_count([]))
        admin = self.env.ref("base.user_admin")
        self.assertIn(shop.id, shop.with_user(admin)._visible_menu_ids())
        self.assertTrue(module.with_user(admin).search_count([]))
