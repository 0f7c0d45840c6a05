"""Two people at once, by real requests to a real server of several threads.

``parallel.py`` holds two transactions where it wants them, and so finds every order of the two.
Here nobody is held: sessions, routing, locks and repetitions are those of the product, and both
requests leave at the same moment.
"""

import re
import threading
from contextlib import closing
from itertools import combinations_with_replacement

import requests
from werkzeug.serving import WSGIRequestHandler, make_server

from odoo import api, http
from odoo.service import security
from odoo.tools import config

from .own_database import PATIENCE
from .parallel_year import ParallelYear

# What the client shows as a sentence; anything else is a crash.
SENTENCES = {
    f"odoo.exceptions.{name}" for name in ("AccessError", "MissingError", "UserError",
                                          "ValidationError")
}  # fmt: skip


class QuietHandler(WSGIRequestHandler):
    def log(self, *args):
        """Thousands of requests are no news."""


class HttpYear(ParallelYear):
    """A server of the database that the tests have for themselves, and people logged in to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The server shows this database only; with several processes pytest-odoo sets a filter.
        for option, value in (("db_name", [cls.database]), ("dbfilter", f"^{cls.database}$")):
            cls.addClassCleanup(config.__setitem__, option, config[option])
            config[option] = value
        cls.server = make_server(
            "127.0.0.1", 0, http.root, threaded=True, request_handler=QuietHandler
        )
        cls.server.daemon_threads = True
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.shutdown)
        cls.browsers = {}

    def open_many(self, count):
        """Open a year of so many units, whose forms are filled and whose surveys are assigned."""
        type(self).year += 1
        staff = {
            f"{role}_ids": [(self.users[name]).id for name in names]
            for role, names in (("reporter", ["reporter"]), ("leader", ["leader", "leader 2"]))
        }
        units = self.env["it.kpi.unit"].create(
            [{"name": f"第{n}局{self.year}", "short_name": f"{n}", **staff} for n in range(count)]
        )
        cycle = self.env["it.kpi.cycle"].create(
            {"year": self.year, "source_rubric_id": self.rubric.id, "unit_ids": units.ids}
        )
        cycle.with_user(self.users["division"]).action_open(accepted=True)
        self.grades = {grade.code: grade.id for grade in cycle.rubric_id.grade_ids}
        cycle.assessment_ids.line_ids.write(
            {"grade_id": self.grades["D"], "explanation": "如实说明"}
        )
        cycle.survey_ids.line_ids.write({"grade_id": self.grades["D"]})
        assessors = self.users["assessor"] + self.users["assessor 2"]
        cycle.survey_ids.with_context(tracking_disable=True).write(
            {"assessor_ids": assessors.ids, "visit_date": f"{self.year}-11-20"}
        )
        return cycle

    @classmethod
    def get_browser(cls, person):
        """Return the session of a person who has logged in."""
        if person not in cls.browsers:
            # Threads come here: each reads with a cursor of its own, never with that of the test.
            with closing(cls.registry.cursor()) as cr:
                env = api.Environment(cr, cls.users[person].id, {})
                session = http.root.session_store.new()
                session.update(http.get_default_session(), db=cls.database, _trace_disable=True)
                session.uid, session.login = env.uid, env.user.login
                session.session_token = security.compute_session_token(session, env)
                session.context = dict(env["res.users"].context_get())
                http.root.session_store.save(session)
            browser = requests.Session()
            browser.cookies.set("session_id", session.sid, domain="127.0.0.1")
            cls.browsers[person] = browser
        return cls.browsers[person]

    def request(self, act):
        """Make the request of an act, and return what its user is shown."""
        model, ids = act.records._name, act.records.ids
        response = self.get_browser(act.person).post(
            f"http://127.0.0.1:{self.server.port}/web/dataset/call_kw/{model}/{act.method}",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": model,
                    "method": act.method,
                    "args": [*([ids] if ids else []), *act.arguments],
                    "kwargs": {"context": {"lang": "en_US", "tz": "Asia/Shanghai"}},
                },
            },
            timeout=PATIENCE,
        )
        self.assertEqual(response.status_code, 200, act)
        error = response.json().get("error")
        if not error:
            return "done"
        self.assertIn(error["data"]["name"], SENTENCES, (act, error["data"]))
        return error["data"]["message"]

    def request_one_by_one(self, acts):
        return [self.request(act) for act in acts]

    def request_at_once(self, acts):
        """Send all requests at the same moment, and return their answers in the same order."""
        barrier = threading.Barrier(len(acts))
        answers, failures = [None] * len(acts), []

        def send(index):
            try:
                self.get_browser(acts[index].person)
                barrier.wait(PATIENCE)
                answers[index] = self.request(acts[index])
            except Exception as error:  # of a thread: the test has to hear of it
                failures.append(error)

        threads = [threading.Thread(target=send, args=(index,)) for index in range(len(acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return answers

    def check_pair(self, prepare, describe, name):
        """Compare two requests at once with the same two one after the other, in both orders.

        :param prepare: returns something new to act on, and the two acts
        :param describe: returns what became of it, without what differs each time
        """
        outcomes = []
        for order in ((0, 1), (1, 0), None):
            record, acts = prepare()
            self.cr.commit()  # pylint: disable=invalid-commit
            if order:
                answers = dict(
                    zip(order, self.request_one_by_one([acts[i] for i in order]), strict=True)
                )
            else:
                answers = dict(enumerate(self.request_at_once(acts)))
            self.cr.rollback()
            self.env.invalidate_all()
            shown = [answers[0], answers[1]]
            outcomes.append(self.make_comparable(f"{shown}\n{describe(record)}", record))
        first, second, at_once = outcomes
        with self.subTest(name):
            self.assertIn(at_once, (first, second), f"\n\n{first}\n\nor\n\n{second}")

    def make_comparable(self, text, record):
        """Leave out names, numbers and moments that differ from one play to the next."""
        unit = record.unit_id if "unit_id" in record._fields else record.unit_ids[:1]
        numbers = (
            rf"{self.year}年度整改通知书第\d+份|\b{self.year}(-\d\d-\d\d)?\b|{re.escape(unit.name)}"
            r"|\(Record: .*?\)|\d{4}-\d\d-\d\d \d\d:\d\d"
        )
        return re.sub(numbers, "…", text)

    @staticmethod
    def pair(names):
        """Return all pairs of names, also of a name with itself."""
        return combinations_with_replacement(names, 2)
