"""Nothing secret stands in the server's log, at the level of debugging, whatever people do.

The levels that log every query (``debug_sql``) are left out: values are what they are for.
"""

import json
import logging
import re
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg2

from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from odoo.addons.it_kpi_assessment.tools import log_privacy

from ..helpers.common import SIGNATURE, BureauCase
from ..helpers.rights.rpc import JSON

LOGIN, PASSWORD, WRONG = "test_reporter", "geheim-und-lang-1", "falsch-und-lang-2"
EXPLANATION, REASON = "只有本单位知道的说明", "只有日志知道的理由"


class Collector(logging.Handler):
    """Keeps every line as the server would write it, with the trace of errors."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        if not record.name.startswith("urllib3"):  # the browser of the test
            self.lines.append(self.format(record))


@tagged("post_install", "-at_install")
class TestLogs(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.form = cls.get_form(cls.cycle, "利州")
        cls.users["reporter"].password = PASSWORD
        cls.env.flush_all()

    @contextmanager
    def collect(self):
        """Yield a list that holds afterwards what was logged, by all loggers."""
        collector = Collector()
        names = ("", "odoo", "werkzeug", "odoo.http", "odoo.addons", "odoo.service", "odoo.sql_db")
        levels = {name: logging.getLogger(name).level for name in names}
        for name in names:
            level = logging.INFO if name == "odoo.sql_db" else logging.DEBUG
            logging.getLogger(name).setLevel(level)
        logging.getLogger().addHandler(collector)
        try:
            yield collector.lines
        finally:
            logging.getLogger().removeHandler(collector)
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)

    def call(self, model, method, *args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        data = json.dumps({"params": params})
        return self.url_open("/web/dataset/call_kw", data=data, headers=JSON).json()

    def log_in(self, password):
        page = self.url_open("/web/login").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        data = {"login": LOGIN, "password": password, "csrf_token": token}
        self.url_open("/web/login", data=data)
        return token

    def test_logins_links_marks_signatures_and_downloads(self):
        self.authenticate(None, None)
        with self.collect() as lines:
            secrets = [PASSWORD, WRONG, EXPLANATION, REASON, SIGNATURE[:40]]
            secrets += [self.log_in(WRONG), self.log_in(PASSWORD)]
            secrets += self.use_a_key()
            self.authenticate(LOGIN, PASSWORD)
            secrets.append(self.session.sid)
            self.fill_and_sign()
            secrets += self.follow_links()
            self.export()
        log = "\n".join(lines)
        self.assertIn("/web/login", log, "the server's own lines were collected")
        self.assertIn("/web/reset_password", log)
        self.assertIn("action_submit", log)
        for secret in secrets:
            self.assertNotIn(secret, log)

    def use_a_key(self):
        """Return a key with which the form was read; and one that is wrong."""
        keys = self.env["res.users.apikeys"].with_user(self.users["reporter"])
        key = keys._generate("rpc", "test", datetime.now() + timedelta(days=1))
        wrong = "0123456789abcdef" * 2 + "fedcba98"
        for each in (key, wrong):
            self.url_open(
                "/json/2/it.kpi.assessment/search_count",
                data=json.dumps({"domain": []}),
                headers={**JSON, "Authorization": f"Bearer {each}"},
            )
        return [key, wrong]

    def fill_and_sign(self):
        line, lines = self.form.line_ids[0], self.form.line_ids
        grade = self.form.rubric_id.grade_ids[1]
        self.call(
            "it.kpi.assessment.line",
            "write",
            lines.ids,
            {"grade_id": grade.id, "explanation": EXPLANATION},
        )
        both = {"grade_id": grade.id, "not_applicable": True, "explanation": EXPLANATION}
        self.assertIn("error", self.call("it.kpi.assessment.line", "write", line.ids, both))
        self.call("it.kpi.assessment", "action_hand_over", self.form.ids)
        self.authenticate("test_leader", "test_leader")
        self.call("it.kpi.assessment", "action_submit", self.form.ids, "no signature" + SIGNATURE)
        answer = self.call("it.kpi.assessment", "action_submit", self.form.ids, SIGNATURE)
        self.assertNotIn("error", answer)
        self.authenticate("test_division", "test_division")
        reasons = {str(line.id): REASON}
        self.assertNotIn(
            "error", self.call("it.kpi.assessment", "action_return", self.form.ids, reasons)
        )

    def follow_links(self):
        """Return the secrets of links that were followed."""
        token = "token-of-a-link-4711"
        for address in (
            f"/web/reset_password?db=x&token={token}&signup_email={token}",
            f"/web/signup?token={token}",
            f"/web/content/1?access_token={token}",
            f"/mail/view?model=res.partner&res_id=1&access_token={token}&hash={token}",
        ):
            self.url_open(address)
        return [token]

    def export(self):
        self.authenticate("test_division", "test_division")
        data = {
            "model": "it.kpi.assessment.line",
            "fields": [{"name": "explanation", "label": "说明"}],
            "ids": self.form.line_ids.ids,
            "domain": [],
            "import_compat": False,
        }
        self.url_open(f"/web/export/csv?{'data'}={json.dumps(data)}")

    def test_a_query_that_fails_is_logged_without_its_values(self):
        """As when two people save at once, or a constraint refuses a value."""
        queries = [
            SQL(
                "UPDATE it_kpi_assessment_line SET explanation = %s, no_column = %s",
                EXPLANATION,
                "it's 'quoted'",
            ),
            SQL(
                "UPDATE it_kpi_assessment_line SET explanation = %s, indicator_id = NULL "
                "WHERE id = %s",
                EXPLANATION,
                self.form.line_ids[0].id,
            ),
        ]
        for query in queries:
            with self.collect() as lines:
                with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                    self.env.cr.execute(query)
            log = "\n".join(lines)
            self.assertIn("bad query: UPDATE it_kpi_assessment_line SET explanation", log)
            self.assertNotIn(EXPLANATION, log)
            self.assertNotIn("quoted", log)

    def test_what_is_no_secret_stays_in_the_log(self):
        for line, expected in (
            ('"GET /web/content/5?download=true&access_token=abc HTTP/1.1"',
             '"GET /web/content/5?download=true&access_token=… HTTP/1.1"'),
            ('"GET /odoo/it-kpi-units?view_type=list HTTP/1.1"',) * 2,
        ):  # fmt: skip
            self.assertEqual(log_privacy.hide_secrets(line), expected)
        self.assertEqual(
            log_privacy.hide_values(b"UPDATE t SET a = 'x''y', b = 5 WHERE id IN (7)"),
            "UPDATE t SET a = '…', b = 5 WHERE id IN (7)",
        )

    def test_a_session_id_stands_in_no_log(self):
        self.authenticate(LOGIN, PASSWORD)
        with self.collect() as lines:
            self.url_open("/odoo")
            self.url_open("/web/session/logout")
        self.assertTrue(lines)
        self.assertNotIn(self.session.sid[:20], "\n".join(lines))
        self.assertTrue(root.session_store)
