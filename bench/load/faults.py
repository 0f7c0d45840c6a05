"""What breaks while people work, and what must not be wrong afterwards."""

import os
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from odoo.tools import config

from tools.process import program

from .nuisance import Nuisance
from .town import PASSWORD

MARK = "mark"  # as in ``people.py``, which runs without Odoo
MOST_SECONDS = 3  # of waiting for a mark while one person does their worst


class CannotTry(Exception):
    """This fault cannot be brought about here; the text says why."""


class Fault:
    """Trouble that begins ``after`` so many seconds. Subclasses say what happens."""

    name = ""
    expected = ""
    after = 20
    insistence = 0  # seconds for which people try what is refused again

    def __init__(self, town):
        self.town = town
        self.notes = []
        self.failure = None

    @contextmanager
    def prepared(self):
        """Make ready before the servers start, and clean up after them."""
        yield

    def strike(self, servers, over):
        """Do it; ``over`` is set when the people have finished."""

    @contextmanager
    def striking(self, servers):
        """Strike while the block runs."""
        over = threading.Event()

        def wait_and_strike():
            try:
                if not over.wait(self.after):
                    self.strike(servers, over)
            except Exception as error:  # whatever it is: the run proves nothing then
                self.failure = f"the trouble could not be made: {error!r}"

        thread = threading.Thread(target=wait_and_strike)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def find_wrong(self, outcome):
        """Yield, in words, what is not as it must be afterwards."""
        if self.failure:
            yield self.failure
        for each in outcome["unfinished"]:
            if not self.is_expected(each):
                yield f"form {each['form']} was not finished: {each['reason']}"

    def is_expected(self, unfinished):
        """Return whether a form that was not finished was refused as it has to be."""
        return False


class WorkerKilled(Fault):
    name = "three workers are killed, one after the other"
    expected = "what they were doing is sent again"
    between = 12

    def strike(self, servers, over):
        for number in range(3):
            workers = [worker for server in servers for worker in server.get_workers()]
            workers[number % len(workers)].kill()
            over.wait(self.between)


class DatabaseCrashed(Fault):
    """One of PostgreSQL's processes is killed: it ends all others, recovers and begins anew."""

    name = "PostgreSQL crashes and starts anew, twice"
    expected = "no answer for a moment; what was not acknowledged is sent again"
    between = 20

    def strike(self, servers, over):
        for _time in range(2):
            [[process]] = self.town.fetch("SELECT pg_backend_pid()")
            os.kill(process, signal.SIGKILL)
            down = time.monotonic()
            while not self.town.reconnect():
                time.sleep(0.05)
            self.notes.append(f"away for {time.monotonic() - down:.1f} s")
            over.wait(self.between)


class DiskFull(Fault):
    """The filestore stands on a small disk, which somebody fills up for a while."""

    name = "the disk of the filestore is full for half a minute"
    expected = "evidence and signatures are refused with a sentence, marks are saved"
    insistence = 120
    full_for = 30
    room = 64 * 1024**2

    @contextmanager
    def prepared(self):
        self.store = Path(config.filestore(self.town.database))
        kept = self.store.with_name("kept")
        size = self.room + sum(path.stat().st_blocks * 512 for path in self.store.rglob("*"))
        self.store.rename(kept)
        self.store.mkdir()
        command = [program("mount"), "-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.store]
        try:
            if subprocess.run(command, capture_output=True).returncode:
                raise CannotTry("a small disk cannot be mounted here")
            try:
                shutil.copytree(kept, self.store, dirs_exist_ok=True)
                yield
            finally:
                subprocess.run([program("umount"), self.store], check=True)
        finally:
            self.store.rmdir()
            kept.rename(self.store)

    def strike(self, servers, over):
        filler = self.store / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(64 * 1024))
            except OSError:
                self.notes.append("the disk was full")
        over.wait(self.full_for)
        filler.unlink()

    def find_wrong(self, outcome):
        yield from super().find_wrong(outcome)
        for reason in set(outcome["refused"]):
            if "磁盘" not in reason:
                yield f"refused without saying why: {reason}"


class DeadlinePasses(Fault):
    """The clock reaches the deadline while people are filling in, handing over and signing."""

    name = "the clock passes the deadline"
    expected = "who signs later is refused with the reason; what he filled in is kept"
    after = 0
    deadline = None  # until it is set

    def is_expected(self, unfinished):
        return not unfinished["lost"] and "截止" in unfinished["reason"]

    def strike(self, servers, over):
        while not over.wait(0.5) and self.town.count_submitted() < 5:
            pass
        self.deadline = self.town.set_deadline(5)

    def find_wrong(self, outcome):
        yield from super().find_wrong(outcome)
        if self.failure:
            return  # there was no deadline
        if not outcome["unfinished"]:
            yield "nobody was late"
        for signed_at in self.town.get_signatures():
            if signed_at > self.deadline:
                yield f"signed at {signed_at}, after the deadline {self.deadline}"


class OneAgainstAll(Fault):
    """A reporter of another year's form does all the time what takes the server longest."""

    name = "one person asks for as much as they can"
    expected = f"nobody waits more than {MOST_SECONDS} s for a mark (95 %)"
    after = 5
    at_once = 2  # how many windows they have open for each kind of request

    @contextmanager
    def prepared(self):
        self.nuisance = Nuisance(self.town, PASSWORD)
        yield

    def strike(self, servers, over):
        self.notes += self.nuisance.go_on(servers[0].address, over, self.at_once)

    def find_wrong(self, outcome):
        yield from super().find_wrong(outcome)
        [mark] = [step for step in outcome["steps"] if step["step"] == MARK]
        self.notes.append(f"a mark took {mark['percentile95'] / 1000:.1f} s at 95 %")
        if mark["percentile95"] > MOST_SECONDS * 1000:
            yield f"a mark took {mark['percentile95']:.0f} ms at 95 %"


FAULTS = (WorkerKilled, DatabaseCrashed, DiskFull, DeadlinePasses, OneAgainstAll)
