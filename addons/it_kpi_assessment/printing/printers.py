"""Printing on all cores: many documents become a few PDFs.

WeasyPrint is Python and runs in one thread, so it gets processes of its own (``worker.py``);
wkhtmltopdf is a process anyway, so threads that wait for it are enough.
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
# Documents that are printed as one PDF, and the number of such batches for each process in one
# call of ``print``.
BATCH_SIZE, BATCHES = 10, 3


def count_cores():
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0))


class PrintingError(Exception):
    """A document could not be printed."""


class Printers:
    """Base class, a context manager; ``print`` takes up to ``capacity`` documents at a time."""

    def __init__(self, count, capacity):
        self.count, self.capacity = count, capacity
        self.threads = ThreadPoolExecutor(count)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.threads.shutdown(cancel_futures=True)
        return False


class Processes(Printers):
    """WeasyPrint in several processes."""

    def __init__(self, count):
        super().__init__(count, count * BATCH_SIZE * BATCHES)
        self.processes = [self._start() for _number in range(count)]
        self.idle = SimpleQueue()
        for process in self.processes:
            self.idle.put(process)

    def __exit__(self, *error):
        for process in self.processes:
            process.kill()  # it may still be printing for a job that was cancelled
        handled = super().__exit__(*error)
        for process in self.processes:
            process.communicate()
        return handled

    def print(self, documents, count):
        """Return a list of PDFs (bytes) that together hold all documents, in their order.

        :param documents: an iterable of HTML; the first batch is printed while the caller still
            renders the last documents
        :param int count: the number of documents
        :raise PrintingError: a batch could not be printed
        """
        size = min(BATCH_SIZE, -(-count // self.count))
        batches = split_every(size, documents, list)
        return list(self.threads.map(self.print_batch, batches))

    def print_batch(self, documents):
        """Return one PDF of a list of documents, printed by an idle process.

        :raise PrintingError: it could not be printed, or the process ended
        """
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
        # A session of its own, so that Ctrl-C stops only the server; the process then ends with its
        # input.
        return subprocess.Popen(
            [sys.executable, SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )


class Threads(Printers):
    """Several runs of wkhtmltopdf at the same time, each for one document."""

    def __init__(self, count, to_pdf):
        super().__init__(count, count * BATCH_SIZE)
        self.to_pdf = to_pdf

    def print(self, documents, _count):
        """Return a list with a PDF (bytes) of every document, in their order."""
        # The first document is printed before the others. It fills Odoo's caches, so that the
        # threads do not read the database.
        first, *others = documents
        return [self.to_pdf(first), *self.threads.map(self.to_pdf, others)]
