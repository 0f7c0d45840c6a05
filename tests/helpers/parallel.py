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
from datetime import date
from typing import NamedTuple

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import call_kw, retrying
from odoo.tools import SQL

from .common import Bureau
from .own_database import PATIENCE, POLL, OwnDatabase


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


class ParallelCase(Bureau, OwnDatabase):
    """A bureau in a database of its own, whose transactions are real."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_bureau()
        cls.cr.commit()
        cls.year = 2100

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
        # A year may be followed by 年, which is a letter; the clock goes on between the plays.
        numbers = (
            rf"(?<!\d){self.year}(?!\d)|\(Record: .*?\)|\(\d+,\)|(?<=it\.kpi\.)[\w.]+: \d+"
            rf"|\d{{4}}-\d\d-\d\d \d\d:\d\d|datetime\.datetime\({date.today().year}, [^)]*\)"
        )
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
