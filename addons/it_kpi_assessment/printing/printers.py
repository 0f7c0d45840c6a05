"""Printing on all cores: many documents become a few PDFs.

WeasyPrint is Python and runs in one thread, so it gets processes of its own (``process.py``).
"""

import os
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple

from odoo.tools.misc import split_every

from .errors import LimitReached
from .pool import pool

# Documents that are printed as one PDF, and the number of such batches for each process in one
# call of ``print``.
BATCH_SIZE, BATCHES = 10, 3
# Seconds that a batch may take, and then a document of it alone. Together with the turn of a job
# they stay below the 120 s after which Odoo ends a scheduled action.
BATCH_SECONDS, SINGLE_SECONDS = 30, 60


class Printed(NamedTuple):
    """A PDF of one or more documents, or the document that is too much for a print."""

    content: bytes | None
    missing: list = ()  # characters without a glyph, as of ``print_batch``
    left_out: int | None = None  # its place among all documents


def count_cores():
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0))


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
    """WeasyPrint in several processes of the server's pool, taken when they are first needed."""

    def __init__(self, count):
        super().__init__(count, count * BATCH_SIZE * BATCHES)
        self.processes = []
        self.idle = SimpleQueue()
        for _number in range(count):
            self.idle.put(None)

    def __exit__(self, kind, error, trace):
        if kind:  # they may still be printing for a job that was cancelled
            for process in self.processes:
                process.process.kill()
        handled = super().__exit__(kind, error, trace)
        while self.processes:  # each once, or two prints would share it
            pool.give_back(self.processes.pop())
        return handled

    def print(self, documents, count, title):
        """Return a list of ``Printed`` that together hold all documents, in their order.

        :param documents: an iterable of HTML; the first batch is printed while the caller still
            renders the last documents
        :param int count: the number of documents
        :param str title: of the file that they will be bound to
        :raise PrintingError: a batch could not be printed, for another reason than its limits
        """
        size = min(BATCH_SIZE, -(-count // self.count))
        batches = split_every(size, enumerate(documents), list)
        printed = self.threads.map(lambda batch: self.print_batch(batch, title), batches)
        return [each for batch in printed for each in batch]

    def print_each(self, documents):
        """Return a ``Printed`` for each of several HTML documents, in their order.

        :raise PrintingError: one could not be printed, for another reason than its limits
        """
        return list(self.threads.map(lambda html: self._print_alone(0, html, None), documents))

    def print_batch(self, batch, title):
        """Return a list with one ``Printed`` of a batch, printed by an idle process.

        If the batch reaches a limit, its documents are printed one by one, so that a single one
        does not stop the others.

        :param batch: a list of ``(number, HTML)``
        :raise PrintingError: it could not be printed, or the process ended
        """
        if len(batch) == 1:
            return [self._print_alone(*batch[0], title)]
        try:
            documents = [html for _number, html in batch]
            return [Printed(*self._print(documents, BATCH_SECONDS, title))]
        except LimitReached:
            return [self._print_alone(*each, title) for each in batch]

    def _print_alone(self, number, html, title):
        try:
            return Printed(*self._print([html], SINGLE_SECONDS, title))
        except LimitReached:
            return Printed(None, left_out=number)

    def _print(self, documents, seconds, title):
        process = self.idle.get()
        try:
            if not process or not pool.is_fresh(process):
                process = pool.take()
                self.processes.append(process)
            return process.print(documents, seconds, title)
        finally:
            self.idle.put(process)
