"""Who guesses passwords is slowed down and locks out nobody else (W20); the session's cookie.

The server takes the addresses from the proxy's header here, as it does behind one.
"""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import config

from ..helpers.common import BureauCase

COUNTY, OTHER = "10.1.0.1", "10.2.0.1"


@tagged("post_install", "-at_install")
class TestApiLogin(BureauCase, HttpCase):
    def setUp(self):
        super().setUp()
        settings = self.env["ir.config_parameter"]
        settings.set_param("base.login_cooldown_after", "3")
        self.env.registry.__dict__.pop("_it_kpi_login_memory", None)
        self.startPatcher(patch.dict(config.options, {"proxy_mode": True}))

    def ask(self, path, address=COUNTY, scheme="http", **options):
        headers = {
            "X-Forwarded-For": address,
            "X-Forwarded-Host": "assessment.example.org",
            "X-Forwarded-Proto": scheme,
        }
        self.opener.cookies.clear()
        return self.url_open(path, headers=headers, **options)

    def log_in(self, login, password=None, address=COUNTY):
        """Try to log in; return None, or the sentence that refuses it."""
        params = {"db": self.env.cr.dbname, "login": login, "password": password or login}
        answer = self.ask("/web/session/authenticate", address, json={"params": params}).json()
        return answer.get("error", {}).get("data", {}).get("message")

    def guess(self, login, times=3, address=COUNTY):
        for _time in range(times):
            self.assertTrue(self.log_in(login, "wrong", address))

    def test_who_forgot_a_password_locks_out_nobody_else(self):
        self.guess("test_reporter", times=5)
        self.assertIsNone(self.log_in("test_leader"))

    def test_guessing_the_password_of_a_login_is_slowed_down(self):
        self.guess("test_reporter", times=2)
        self.assertIsNone(self.log_in("test_reporter"), "two were wrong, and this one is right")
        self.guess("test_reporter")
        self.assertIn("Wait a minute", self.log_in("test_reporter"))
        self.assertIsNone(self.log_in("test_reporter", address=OTHER))

    def test_guessing_many_logins_is_slowed_down_later(self):
        self.assertIsNone(self.log_in("test_head"))
        for number in range(15):
            self.guess(f"guessed_{number}", times=2)
        self.assertIn("Wait a minute", self.log_in("test_leader"))
        self.assertIsNone(self.log_in("test_head"), "has logged in from there before")
        self.assertIsNone(self.log_in("test_leader", address=OTHER))

    def test_one_login_that_is_tried_on_does_not_use_up_its_address(self):
        self.guess("test_reporter", times=40)
        self.assertIsNone(self.log_in("test_leader"))

    def get_session_cookie(self, answer):
        cookies = answer.raw.headers.getlist("Set-Cookie")
        return next(each for each in cookies if each.startswith("session_id="))

    def test_the_cookie_of_the_session_stays_with_our_pages(self):
        """And is not sent without encryption, where it came with it; no proxy has to add that."""
        for path in ("/web/login", "/web/session/logout", "/odoo"):
            for scheme in ("http", "https"):
                with self.subTest(path=path, scheme=scheme):
                    answer = self.ask(path, scheme=scheme, allow_redirects=False)
                    cookie = self.get_session_cookie(answer)
                    self.assertIn("HttpOnly", cookie)
                    self.assertEqual(cookie.count("SameSite=Lax"), 1)
                    self.assertEqual("Secure" in cookie, scheme == "https")
