"""Printing on all cores: many documents become a few PDFs.

WeasyPrint works in Odoo's own language and in one thread, so it gets processes of its own
(``worker.py``); wkhtmltopdf is a process anyway, so threads that wait for it will do.
"""

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from odoo.tools.misc import split_every

SCRIPT = Path(__file__).with_name("worker.py")
# Documents laid out together, and how many such sheaves a process gets in one batch.
SHEAF, SHEAVES = 10, 3


def count_cores():
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


class PrintingError(Exception):
    """A document could not be laid out."""


class Printers:
    """What prints ``batch`` documents at a time, to be closed by ``with``."""

    def __init__(self, count, batch):
        self.count, self.batch = count, batch
        self.threads = ThreadPoolExecutor(count)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.threads.shutdown(cancel_futures=True)
        return False


class Processes(Printers):
    """WeasyPrint in several processes."""

    def __init__(self, count):
        super().__init__(count, count * SHEAF * SHEAVES)
        self.processes = [self._start() for _number in range(count)]
        self.idle = SimpleQueue()
        for process in self.processes:
            self.idle.put(process)

    def __exit__(self, *error):
        for process in self.processes:
            process.kill()  # it may be in the middle of what nobody waits for any more
        handled = super().__exit__(*error)
        for process in self.processes:
            process.communicate()
        return handled

    def print(self, documents, count):
        """Return PDFs that together hold all documents, in their order; the first are laid out
        while the last are still rendered.

        :param count: how many documents it will be
        :raise PrintingError: it could not be made
        """
        size = min(SHEAF, -(-count // self.count))
        sheaves = split_every(size, documents, list)
        return list(self.threads.map(self.print_sheaf, sheaves))

    def print_sheaf(self, documents):
        """Have the next process that is idle make one PDF of a few documents."""
        process = self.idle.get()
        try:
            pickle.dump(documents, process.stdin)
            process.stdin.flush()
            content, error = pickle.load(process.stdout)
        except (OSError, EOFError) as gone:
            raise PrintingError(f"the printing process ended ({process.poll()})") from gone
        finally:
            self.idle.put(process)
        if error:
            raise PrintingError(error)
        return content

    def _start(self):
        # A session of its own: Ctrl-C stops the server, and the end of its input this process.
        return subprocess.Popen(
            [sys.executable, SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )


class Threads(Printers):
    """Several runs of wkhtmltopdf at once, each for one document."""

    def __init__(self, count, to_pdf):
        super().__init__(count, count * SHEAF)
        self.to_pdf = to_pdf

    def print(self, documents, _count):
        """Return a PDF of every document, in their order."""
        # The first one reads from the database what the threads then find in Odoo's caches.
        first, *others = documents
        return [self.to_pdf(first), *self.threads.map(self.to_pdf, others)]
