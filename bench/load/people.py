"""``python -m bench.load.people PLAN OUTCOME``: simulated people, by locust, without Odoo.

Each form has a reporter who fills it in and a leader who signs it. A person does what the screen
does: what was not acknowledged is sent again after a while, what was refused is not.
"""

import base64
import itertools
import json
import random
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

import gevent
from locust import FastHttpUser, constant, events, task
from locust.env import Environment
from locust.exception import StopUser

from .database_away import AWAY

TEXT = "制度健全，按计划落实，见附件材料（第%s项，%s）。"
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAD0lEQVR4"
    "2mNgYGD4D8QMAAUEAQAJfvTVAAAAAElFTkSuQmCC"
)
RETRY = 3  # seconds until the screen tries a lost connection again
PATIENCE = 120  # seconds after which a person gives up
SESSION_EXPIRED = "odoo.http.SessionExpiredException"
LOG_IN, OPEN, MARK, EXPLAIN = ("log in", "open the form", "mark", "explain")
PROVE, LOOK, HAND_OVER = ("evidence", "look what others did", "hand over")
SIGN, RANKING = ("sign and submit", "ranking")


class Refused(Exception):
    """The server said no, with a sentence."""


class Lost(Exception):
    """There was no answer for too long."""


class Person(FastHttpUser):
    """Users who talks to the server as the web client does."""

    abstract = True
    wait_time = constant(0)
    connection_timeout = network_timeout = PATIENCE

    def __init__(self, environment):
        self.host = next(environment.hosts)
        self.plan = environment.plan
        self.outcome = environment.outcome
        self.session_context = {"lang": "zh_CN", "tz": "Asia/Shanghai"}
        super().__init__(environment)

    def pause(self):
        gevent.sleep(random.uniform(*self.plan["pause"]))

    def log_in(self, login):
        self.client.cookiejar.clear()
        self.login = login
        self.authenticate()

    def authenticate(self):
        names = {"db": self.plan["database"], "login": self.login}
        answer = self.ask(
            LOG_IN, "/web/session/authenticate", **names, password=self.plan["password"]
        )
        self.session_context |= {"uid": answer["uid"]}

    def call(self, step, model, method, *args, **kwargs):
        path = f"/web/dataset/call_kw/{model}/{method}"
        kwargs["context"] = self.session_context
        return self.ask(step, path, model=model, method=method, args=args, kwargs=kwargs)

    def press(self, step, model, record, method):
        path = f"/web/dataset/call_button/{model}/{method}"
        kwargs = {"context": self.session_context}
        return self.ask(step, path, model=model, method=method, args=[[record]], kwargs=kwargs)

    def ask(self, step, path, **params):
        """Return the answer; try again as long as there is none.

        :raise Refused: the server said no
        :raise Lost: there was no answer for too long
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            passing, answer = self.send(step, path, params)
            if not passing:
                return answer
            gevent.sleep(RETRY)
            if passing == SESSION_EXPIRED:
                self.authenticate()
        raise Lost(step)

    def send(self, step, path, params):
        """Send a request once; return why it is to be sent again, or nothing and the answer."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        with self.client.post(path, json=body, name=step, catch_response=True) as response:
            try:
                answer = json.loads(response.text or "")
            except ValueError:
                response.failure(f"no answer ({response.status_code})")
                return "no answer", None
            if "error" not in answer:
                response.success()
                return None, answer.get("result")
            error = answer["error"]["data"]
            if error["name"] == SESSION_EXPIRED:
                response.failure("session expired")
                return SESSION_EXPIRED, None
            response.failure(error["name"])
            if error["name"] in AWAY:
                return "no answer", None
            raise Refused(error["message"])


class Clerk(Person):
    """Reporter and leader of one form after the other, until none is left."""

    @task
    def take_form(self):
        if not self.environment.forms:
            raise StopUser
        form = self.environment.forms.popleft()
        try:
            self.fill(form)
            self.sign(form)
        except (Refused, Lost) as ending:
            words = " ".join(str(ending).split())
            reason = {"form": form["id"], "lost": isinstance(ending, Lost), "reason": words}
            self.outcome["unfinished"].append(reason)

    def fill(self, form):
        self.log_in(form["reporter"])
        self.open(form)
        for number, (line, grade) in enumerate(zip(form["lines"], form["grades"], strict=True)):
            self.pause()
            self.save(MARK, line, {"grade_id": grade, "not_applicable": False})
            self.pause()
            self.save(EXPLAIN, line, {"explanation": TEXT % (number + 1, form["id"])})
            if number < self.plan["files"]:
                self.pause()
                self.prove(form, line)
            if number % 4 == 3:
                self.look(form)
        self.pause()
        self.press(HAND_OVER, self.plan["form_model"], form["id"], "action_hand_over")

    def open(self, form):
        reading = {"specification": self.plan["form_specification"]}
        self.call(OPEN, self.plan["form_model"], "web_read", [form["id"]], **reading)

    def save(self, step, line, values):
        """Save a line as a click does; note down what was acknowledged."""
        writing = {"specification": self.plan["line_specification"]}
        self.call(step, self.plan["line_model"], "web_save", [line], values, **writing)
        self.outcome["acknowledged"].append({"line": line, "values": values})

    def prove(self, form, line):
        content = b"%PDF-1.4 " + random.Random(line).randbytes(self.plan["kilobytes"] * 1024)
        values = {"name": f"台账-{line}.pdf", "datas": base64.b64encode(content).decode()}
        values["upload_key"] = f"{form['id']}-{line}"
        writing = {"specification": self.plan["line_specification"]}
        commands = {"attachment_ids": [[0, False, values]]}
        model = self.plan["line_model"]
        self.insist(lambda: self.call(PROVE, model, "web_save", [line], commands, **writing))
        self.outcome["acknowledged"].append({"line": line, "file": values["name"]})

    def insist(self, act):
        """Try something that is refused again for a while, as a person does in his need."""
        until = time.monotonic() + self.plan["insistence"]
        while True:
            try:
                return act()
            except Refused as refusal:
                self.outcome["refused"].append(" ".join(str(refusal).split()))
                if time.monotonic() >= until:
                    raise
                gevent.sleep(RETRY)

    def look(self, form):
        now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - 15))
        domain = [["form_id", "=", form["id"]], ["write_date", ">=", now]]
        reading = {"specification": self.plan["line_specification"]}
        self.call(LOOK, self.plan["line_model"], "web_search_read", domain, **reading)

    def sign(self, form):
        self.log_in(form["leader"])
        self.open(form)
        self.pause()
        self.insist(lambda: self.draw_signature(form))
        self.outcome["submitted"].append(form["id"])

    def draw_signature(self, form):
        values = {"form_id": form["id"], "signature": PIXEL}
        if self.plan["dialog"]:
            [dialog] = self.call(
                SIGN, self.plan["dialog"], "web_save", [], values, specification={}
            )
            self.press(SIGN, self.plan["dialog"], dialog["id"], "action_confirm")
        else:
            model, record = self.plan["form_model"], form["id"]
            values.pop("form_id")
            self.call(SIGN, model, "web_save", [record], values, specification={})
            self.press(SIGN, model, record, "action_submit")


class Watcher(Person):
    """Somebody of the leadership who looks at the ranking time and again."""

    fixed_count = 1

    def on_start(self):
        self.log_in(self.plan["watcher"])

    @task
    def look_at_ranking(self):
        ranking = self.plan["ranking"]
        reading = {"specification": ranking["specification"], "limit": 80, "count_limit": 10001}
        with suppress(Lost):  # it counts among the failures
            self.call(RANKING, "it.kpi.ranking", "web_search_read", ranking["domain"], **reading)
        gevent.sleep(random.uniform(*self.plan["watching"]))


class Prepared(Clerk):
    """A clerk whose people have logged in before the clock began to run."""

    def log_in(self, login):
        self.login = login
        self.client.cookiejar.clear()
        cookies, uid = self.environment.sessions[login]
        for cookie in cookies:
            self.client.cookiejar.set_cookie(cookie)
        self.session_context |= {"uid": uid}


def log_everybody_in(environment):
    """Log in all people of all forms; nothing of it is counted."""
    environment.sessions = {}
    for form in environment.plan["forms"]:
        for login in (form["reporter"], form["leader"]):
            person = Clerk(environment)
            person.log_in(login)
            environment.sessions[login] = (
                list(person.client.cookiejar),
                person.session_context["uid"],
            )
    environment.stats.reset_all()


def play(plan):
    """Let people do what the plan says, until all of them have finished; return the outcome."""
    kind = Prepared if plan["logged_in"] else Clerk
    environment = Environment(user_classes=[kind], events=events)
    environment.plan = plan
    environment.hosts = itertools.cycle(plan["hosts"])
    environment.forms = deque(plan["forms"])
    environment.outcome = {"acknowledged": [], "submitted": [], "refused": [], "unfinished": []}
    if plan["logged_in"]:
        log_everybody_in(environment)
    if plan["watchers"]:
        Watcher.fixed_count = plan["watchers"]
        environment.user_classes.append(Watcher)
    count = plan["people"] + plan["watchers"]
    runner = environment.create_local_runner()
    start = time.monotonic()
    runner.start(count, spawn_rate=count / plan["ramp"] if plan["ramp"] else count)
    await_end(runner)
    seconds = time.monotonic() - start
    runner.quit()
    return {**environment.outcome, "seconds": seconds, **summarize(environment.stats)}


def await_end(runner):
    """Wait until nobody but the watchers is left."""
    gevent.sleep(5)
    while runner.spawning_greenlet or runner.user_count > runner.environment.plan["watchers"]:
        gevent.sleep(0.2)


def summarize(stats):
    """Return how long every step took, in ms, and what went wrong."""
    steps = [
        {
            "step": entry.name,
            "requests": entry.num_requests,
            "failures": entry.num_failures,
            "mean": entry.avg_response_time,
            "median": entry.median_response_time,
            "percentile95": entry.get_response_time_percentile(0.95),
        }
        for entry in stats.entries.values()
    ]
    errors = {f"{error.name}: {error.error}": error.occurrences for error in stats.errors.values()}
    return {"steps": steps, "errors": errors, "requests": stats.total.num_requests}


if __name__ == "__main__":
    plan_file, outcome_file = map(Path, sys.argv[1:])
    outcome_file.write_text(json.dumps(play(json.loads(plan_file.read_text()))))
