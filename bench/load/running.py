"""One run: servers, people, perhaps a fault, and what came of it."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from statistics import median
from typing import NamedTuple

from tools.paths import ROOT

from .servers import ENDED, ERROR, RETRY, serve, watch_memory


class Run(NamedTuple):
    """What came of a run: what people saw, and what was looked up afterwards."""

    name: str
    people: int
    pause: list  # from so many seconds to so many, between two things that somebody does
    ramp: int  # seconds within which all have come
    servers: int
    outcome: dict
    lost: list
    wrong: list
    errors: int
    retries: int
    ended: int  # how often Odoo itself has ended
    workers: int
    memory: tuple  # median and most, in MB, of a worker
    notes: list

    @property
    def failures(self):
        """How many requests got no answer, or a refusal."""
        return sum(step["failures"] for step in self.outcome["steps"])

    @property
    def rate(self):
        """Requests a second."""
        return self.outcome["requests"] / self.outcome["seconds"]


def run(town, folder, name, make_plan, servers=1, fault=None):
    """Let people work on a new year of the town; return the ``Run``.

    :param make_plan: what returns the plan when it is given the addresses of the servers
    """
    with (
        fault.prepared() if fault else nullcontext(),
        serve(town.database, servers, folder, name) as running,
    ):
        plan = make_plan([server.address for server in running])
        with (
            watch_memory(running) as memory,
            fault.striking(running) if fault else nullcontext(),
        ):
            outcome = let_people_work(plan, folder, name)
        town.reconnect()
        return Run(
            name=name,
            people=plan["people"],
            pause=plan["pause"],
            ramp=plan["ramp"],
            servers=servers,
            outcome=outcome,
            lost=list(town.find_lost(plan, outcome)),
            wrong=list(find_wrong(fault, plan, outcome)),
            errors=sum(server.count(ERROR) for server in running),
            retries=sum(server.count(RETRY) for server in running),
            ended=sum(server.count(ENDED) for server in running),
            workers=len(memory),
            memory=(median(memory.values()), max(memory.values())),
            notes=fault.notes if fault else [],
        )


def let_people_work(plan, folder, name):
    """Run ``people.py`` in a process of its own, and return the outcome."""
    paths = [folder / f"{name}-{kind}.json" for kind in ("plan", "outcome")]
    paths[0].write_text(json.dumps(plan))
    command = [sys.executable, "-m", "bench.load.people", *map(str, paths)]
    variables = {**os.environ, "PYTHONPATH": os.environ["PEOPLE"]}  # where locust is, without Odoo
    subprocess.run(command, check=True, cwd=ROOT, env=variables)
    return json.loads(paths[1].read_text())


def find_wrong(fault, plan, outcome):
    """Yield what is wrong: after a fault as it says, otherwise whatever was not finished."""
    if fault:
        yield from fault.find_wrong(outcome)
    else:
        yield from (f"form {each['form']}: {each['reason']}" for each in outcome["unfinished"])
    forgotten = len(plan["forms"]) - len(outcome["submitted"]) - len(outcome["unfinished"])
    if forgotten:
        yield f"{forgotten} forms were not worked on"
