"""A process that prints documents for Odoo without loading Odoo; ``printers.py`` starts it.

It reads pickled lists of HTML documents from its standard input, and writes for each a pickled
pair ``(PDF, error)`` to its standard output. It ends at the end of its input, so that it never
outlives the process that started it.
"""

import logging
import os
import pickle
import resource
import sys

from pdf import print_batch  # this script's own folder is on the path

# Lower priority than the requests of users.
NICENESS = 5


def main():
    """Serve the pipes; everything but answers goes to the standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    os.nice(NICENESS)
    # Odoo limits the CPU time of a request; this process serves a whole job.
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    while True:
        try:
            documents = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(answer(documents), answers)
        answers.flush()


def answer(documents):
    """Return ``(PDF, None)`` of the documents, or ``(None, error)`` with the error as a text."""
    try:
        return print_batch(documents), None
    except Exception as error:  # any error is reported by the caller, and this process goes on
        return None, repr(error)


if __name__ == "__main__":
    main()
