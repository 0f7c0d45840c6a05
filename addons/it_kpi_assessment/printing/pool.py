"""The printing processes of a server: they stay for the next print, because starting one takes a
second, and there are only so many at once. Each process of Odoo has a pool of its own.
"""

import os
import threading
import time
from collections import deque
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from .errors import Busy
from .process import Process

# How many prints one process of Odoo makes at a time. With workers it is one, as each serves one
# request at a time.
MOST_AT_ONCE = 4
# A process is replaced after so many prints, and ends after so many seconds without one.
MOST_PRINTS, IDLE_SECONDS = 200, 120


class Limits(NamedTuple):
    """How long a print may take, how long it waits for its turn, and how many a person may make."""

    seconds: float
    patience: float
    of_one_person: int | None


# Together less than the 120 s after which Odoo ends a request, unless it is configured otherwise.
PRINT = Limits(seconds=60, patience=20, of_one_person=2)


class Pool:
    """Processes that print, ``most`` of them at once."""

    def __init__(self, most):
        self.places = threading.BoundedSemaphore(most)
        self.idle = deque()

    @contextmanager
    def take_place(self, patience):
        """Hold one of the places while the block runs.

        :raise Busy: none became free within so many seconds
        """
        if not self.places.acquire(timeout=patience):
            raise Busy
        try:
            yield
        finally:
            self.places.release()

    @contextmanager
    def borrow_several(self, most, patience):
        """Return processes for the block: one, and up to ``most`` if places are free just now.

        :raise Busy: none became free within so many seconds
        """
        with ExitStack() as stack:
            stack.enter_context(self.take_place(patience))
            count = 1
            while count < most and self.places.acquire(blocking=False):
                stack.callback(self.places.release)
                count += 1
            yield [stack.enter_context(self.borrow()) for _place in range(count)]

    @contextmanager
    def borrow(self):
        """Return a process for the block, which holds a place; it is kept for the next one."""
        process = self.take()
        try:
            yield process
        finally:
            self.give_back(process)

    def take(self):
        """Return a process that printed before, or else a new one; it holds no place."""
        while True:
            try:
                process = self.idle.pop()
            except IndexError:  # threads take at the same time, so its length says nothing
                return Process(IDLE_SECONDS)
            if self.is_fresh(process):
                return process
            process.close()

    def is_fresh(self, process):
        """Return whether a process can print, and does not end just now for lack of work."""
        return process.is_alive() and time.monotonic() - process.used < IDLE_SECONDS / 2

    def give_back(self, process):
        """Keep a process for the next print, unless it ended or printed often enough."""
        if process.is_alive() and process.printed < MOST_PRINTS:
            self.idle.append(process)
        else:
            process.close()


pool = Pool(MOST_AT_ONCE)


def _begin_anew():
    """Give a fork of Odoo (a worker) a pool of its own: the processes are those of its parent."""
    pool.__init__(MOST_AT_ONCE)


os.register_at_fork(after_in_child=_begin_anew)
