"""Two people at once, in two real transactions, on a copy of the test's database.

A test on one connection cannot see a race, and what two connections see has to be committed.
So these tests have a database of their own, which is dropped afterwards whatever happened.

Each pair of acts is tried in every way in which two transactions can meet:

- one after the other, in both orders: these two outcomes are the ones that are right;
- overtaken: one has begun, and so sees things as they were, when the other does all and is done;
- overlapping: one has done all but is not done yet when the other begins, and perhaps waits.

Every act runs as a request does, with Odoo's own repetition after a conflict.
"""

import re
import threading
import time
from contextlib import closing
from typing import NamedTuple
from unittest import TestCase
from unittest.mock import patch

from passlib.context import CryptContext
from psycopg2.errors import ObjectInUse

from odoo import api, sql_db
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import call_kw, retrying
from odoo.tests.common import get_db_name
from odoo.tools import SQL, config

from .common import Bureau

# Seconds after which an act that waits for another one has failed.
PATIENCE = 20
POLL = 0.005


class Act(NamedTuple):
    """A call from outside, by a person, on records."""

    person: str
    records: object
    method: str
    arguments: tuple = ()


class Request(threading.Thread):
    """One act, or one after the other, each in a transaction of its own.

    The first one can be held before or after what it does.
    """

    def __init__(self, case, acts):
        super().__init__(daemon=True)
        self.case, self.acts, self.hold = case, [acts] if isinstance(acts, Act) else acts, None
        self.reached, self.released = threading.Event(), threading.Event()
        self.tries, self.results, self.backend = 0, [], None

    def run(self):
        threading.current_thread().testing = True  # as in every test: no mail leaves
        for act in self.acts:
            self.results.append(self.get_result(act))
        self.reached.set()

    def get_result(self, act):
        """Make one request, and return what its user is shown."""
        try:
            with self.case.registry.cursor() as cr:
                user = self.case.users[act.person]
                env = api.Environment(cr, user.id, {"lang": "en_US", "tz": "Asia/Shanghai"})
                self.backend = cr._cnx.info.backend_pid
                retrying(lambda: self.call(env, act), env)
        except UserError as error:
            return str(error)
        except Exception as error:  # a crash in place of a sentence
            return repr(error)
        return "done"

    def call(self, env, act):
        self.tries += 1
        env.cr.execute("SELECT 1")  # from here on the transaction sees what was committed
        self.pause("begun")
        call_kw(env[act.records._name], act.method, [act.records.ids, *act.arguments], {})
        env.cr.flush()
        self.pause("acted")

    def pause(self, moment):
        """Wait here for the other one, at the first try only."""
        if self.hold == moment and not self.reached.is_set():
            self.reached.set()
            if not self.released.wait(PATIENCE):
                raise TimeoutError(f"{self.acts} was never released")

    def go(self):
        """Begin, and return when the request has come to where it is held, or to its end."""
        self.start()
        if not self.reached.wait(PATIENCE):
            raise TimeoutError(f"{self.acts} does not get on")
        return self

    def end(self):
        """Let the request go on to its end."""
        self.released.set()
        self.join(PATIENCE)
        if self.is_alive():
            raise TimeoutError(f"{self.acts} does not end")
        return self


class ParallelCase(Bureau, TestCase):
    """A bureau in a database of its own, whose transactions are real."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = f"{get_db_name()}_parallel"
        cls.addClassCleanup(cls.drop_database)
        cls.copy_database()
        cls.registry = cls.load_registry()
        cls.cr = cls.registry.cursor()
        cls.addClassCleanup(cls.cr.close)
        cls.env = api.Environment(cls.cr, api.SUPERUSER_ID, {})
        cls.hurry()
        cls.set_up_bureau()
        cls.cr.commit()
        cls.year = 2100

    @classmethod
    def hurry(cls):
        """Let neither passwords nor repetitions take their time."""
        users = "odoo.addons.base.models.res_users.ResUsersPatchedInTest._crypt_context"
        quick = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
        for patcher in (
            patch(users, lambda self: quick),
            patch("odoo.service.model.random.uniform", lambda least, most: POLL),
        ):
            patcher.start()
            cls.addClassCleanup(patcher.stop)

    @classmethod
    def copy_database(cls):
        """Copy the test's database once it is idle: PostgreSQL copies none that is in use."""
        cls.drop_database()
        names = SQL.identifier(cls.database), SQL.identifier(get_db_name())
        for more in reversed(range(PATIENCE)):
            sql_db.close_db(get_db_name())  # connections that idle
            try:
                cls.administer(SQL("CREATE DATABASE %s TEMPLATE %s", *names))
                break
            except ObjectInUse:
                if not more:
                    raise
                time.sleep(1)
        patience = SQL("ALTER DATABASE %s SET statement_timeout = %s", names[0], PATIENCE * 1000)
        cls.administer(patience)

    @classmethod
    def load_registry(cls, install=()):
        """Load the addons of the copy, without the tests that Odoo would run on it.

        :param install: names of addons to install first
        """
        config["test_enable"] = False
        try:
            return Registry.new(cls.database, update_module=bool(install), install_modules=install)
        finally:
            config["test_enable"] = True

    @classmethod
    def drop_database(cls):
        Registry.delete(cls.database)
        sql_db.close_db(cls.database)
        cls.administer(SQL("DROP DATABASE IF EXISTS %s WITH (FORCE)", SQL.identifier(cls.database)))

    @classmethod
    def administer(cls, statement):
        with closing(sql_db.db_connect("postgres").cursor()) as cr:
            cr._cnx.autocommit = True
            cr.execute(statement, log_exceptions=False)

    def check(self, prepare, describe, repeats=True, overlapping=True):
        """Try two acts in every way; each outcome must be that of one after the other.

        :param prepare: creates a new year and returns the two acts, or lists of acts
        :param describe: returns what the year came to
        :param repeats: whether one of the two may have to be retried
        :param overlapping: whether they overlap as well; an act that waits for the first one of
            several comes between them, in an order that is right but not one of the two
        """
        orders = {self.play(prepare, describe, self.play_serial, first): first for first in (0, 1)}
        meetings = [self.play_overtaken, self.play_overlapping]
        for meeting in meetings if overlapping else meetings[:1]:
            for first in (0, 1):
                with self.subTest(meeting=meeting.__name__, first=first):
                    outcome = self.play(prepare, describe, meeting, first)
                    self.assertIn(outcome, orders, "\n\nor\n\n".join(map(str, orders)))
                    if not repeats:
                        self.assertEqual(self.tries, [1, 1])
        return orders

    def play(self, prepare, describe, meeting, first):
        """Return the results of both acts and what came of it, without year and numbers."""
        type(self).year += 1
        acts = prepare()
        self.cr.commit()  # pylint: disable=invalid-commit
        requests = [Request(self, act) for act in acts]
        meeting(requests[first], requests[1 - first])
        self.tries = [request.tries for request in requests]
        self.cr.rollback()
        self.env.invalidate_all()
        results = [request.results for request in requests]
        numbers = rf"\b{self.year}\b|\(Record: .*?\)|\(\d+,\)|(?<=it\.kpi\.)[\w.]+: \d+"
        return re.sub(numbers, "…", f"{results}\n{describe()}")

    def play_serial(self, first, second):
        first.go().end()
        second.go().end()

    def play_overtaken(self, overtaken, overtaking):
        overtaken.hold = "begun"
        overtaken.go()
        overtaking.go().end()
        overtaken.end()

    def play_overlapping(self, first, second):
        first.hold = "acted"
        first.go()
        second.start()
        self.wait_until_blocked(second)
        first.end()
        second.end()

    def wait_until_blocked(self, request):
        """Return when the request waits for a lock of the other one, or is at its end."""
        for _attempt in range(int(PATIENCE / POLL)):
            request.join(POLL)
            if not request.is_alive():
                return
            if request.backend:
                waits = SQL("SELECT cardinality(pg_blocking_pids(%s)) > 0", request.backend)
                if self.env.execute_query(waits) == [(True,)]:
                    return
        raise TimeoutError(f"{request.acts} does not get on")
