"""WeasyPrint in a process of its own (``worker.py``), under limits of time and memory.

It is a new program and no fork: Odoo has threads, and a fork would copy locks that they hold. The
limits are kept by the kernel, so they end a print whatever it is doing. They end this process only,
never the server.
"""

import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

from .errors import LimitReached, PrintingError

SCRIPT = Path(__file__).with_name("worker.py")
# The longest print of a form takes a third of it.
MEMORY_MB = 1024
# Signals by which the kernel ends a process that has no time or memory left, and those by which
# the libraries end it when they get no memory.
LIMITS = {signal.SIGALRM, signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV}


class Process:
    """A process that prints for one thread at a time, until it is closed or reaches a limit.

    :param int idle: seconds without work after which it ends by itself; 0 for never
    """

    def __init__(self, idle=0):
        self.printed, self.used = 0, time.monotonic()
        # A session of its own, so that Ctrl-C stops only the server; the process then ends with its
        # input.
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT, str(MEMORY_MB), str(idle)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def is_alive(self):
        """Return whether it can print."""
        return self.process.poll() is None

    def print(self, documents, seconds, title=None):
        """Return one PDF (bytes) of a list of HTML documents, and where characters have no glyph.

        :param float seconds: how long it may take
        :param str title: of the file; without one it is that of the first document
        :raise LimitReached: it takes longer, or more memory; the process has ended
        :raise PrintingError: the documents cannot be printed, or the process ended
        """
        if seconds <= 0:
            raise LimitReached("no time is left")
        self.printed += 1
        try:
            pickle.dump((documents, seconds, title), self.process.stdin)
            self.process.stdin.flush()
            content, missing, error = pickle.load(self.process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as gone:
            code = self.process.wait()
            kind = LimitReached if -code in LIMITS else PrintingError
            raise kind(f"the printing process ended ({code})") from gone
        if error == "MemoryError":
            self.process.wait()
            raise LimitReached(error)
        if error:
            raise PrintingError(error)
        self.used = time.monotonic()
        return content, missing

    def close(self):
        """End the process, also while it prints."""
        self.process.kill()
        self.process.communicate()
