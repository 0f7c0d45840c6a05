"""``python3 -m tools COMMAND``: what the Makefile calls."""

import signal
import sys

from tools.bench import bench
from tools.bench_screens import bench_screens
from tools.check import lint, test
from tools.check_word import check_word
from tools.clean import clean
from tools.errors import SetupError, from_os_error
from tools.load import load
from tools.old_database import check_update, old_database
from tools.pictures import pictures
from tools.run import run, shell
from tools.translations import translations

COMMANDS = {
    "run": run,
    "shell": shell,
    "test": test,
    "lint": lint,
    "translations": translations,
    "pictures": pictures,
    "bench": bench,
    "bench-screens": bench_screens,
    "load": load,
    "old-database": old_database,
    "check-update": check_update,
    "check-word": check_word,
    "clean": clean,
}


def main(command, *arguments):
    """Run ``command`` and return the exit code; a failure is shown as one sentence."""
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as it is under nohup
        signal.signal(signal.SIGHUP, _stop)  # the terminal was closed
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in background jobs
    try:
        return COMMANDS[command](arguments)
    except SetupError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(from_os_error(error))
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 128 + signal.SIGINT


def _stop(number, _frame):
    """End as after Ctrl-C, so that everything started here is stopped; make may signal twice."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _fail(sentence):
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
