"""A process that prints for Odoo without loading Odoo; ``process.py`` starts it.

It reads pickled ``(HTML documents, seconds, title)`` from its standard input, and writes for each a
pickled ``(PDF, missing, error)`` to its standard output. It ends at the end of its input, so that
it never outlives the process that started it, and when a print takes longer than its seconds.
"""

import os
import pickle
import resource
import select
import signal
import sys

import pdf  # this script's own folder is on the path

# Lower priority than the requests of users.
NICENESS = 5
# The first start on a machine lists all of its fonts.
STARTING = 60


def main(megabytes, idle):
    """Serve the pipes; everything but answers goes to the standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.nice(NICENESS)
    set_limits(megabytes)
    signal.alarm(STARTING)
    pdf.load_weasyprint()
    signal.alarm(0)
    while not idle or select.select([sys.stdin], [], [], idle)[0]:
        try:
            content = answer(*pickle.load(sys.stdin.buffer))
        except EOFError:
            return
        except MemoryError:  # it may be lost for good, so another process goes on
            pickle.dump((None, [], "MemoryError"), answers)
            answers.flush()
            return
        pickle.dump(content, answers)
        answers.flush()


def set_limits(megabytes):
    """Limit the memory, and take away Odoo's limit of the CPU time of one request."""
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024**2,) * 2)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def answer(documents, seconds, title):
    """Return ``(PDF, missing, None)`` of the documents, or ``(None, [], error)``, a text."""
    # The kernel ends the process at this signal, also in the middle of a library's code.
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return *pdf.print_batch(documents, title), None
    except MemoryError:
        raise
    except Exception as error:  # any error is reported by the caller, and this process goes on
        return None, [], repr(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
