"""A process that lays out documents for Odoo, without loading Odoo; ``printers.py`` runs it.

It reads lists of HTML documents from its standard input, answers each with one PDF or with what
went wrong, and ends when the input does, so that it never outlives who started it.
"""

import logging
import os
import pickle
import resource
import sys

from pdf import print_sheaf  # this script's own folder is on the path

# People who work come first.
NICENESS = 5


def main():
    """Serve the pipes; nothing but answers may go to the standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    os.nice(NICENESS)
    # The limit of time that a worker of Odoo lives under is per request, this is for a whole job.
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
    """Return the PDF and no error, or no PDF and the error in words."""
    try:
        return print_sheaf(documents), None
    except Exception as error:  # whatever it is: who asked tells it, and this process goes on
        return None, repr(error)


if __name__ == "__main__":
    main()
