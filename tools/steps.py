"""Steps: shown with their times, and skipped when their result is there already."""

import fcntl
import shutil
import sys
import time
from contextlib import contextmanager, suppress

from tools.paths import CACHE

stream = sys.stdout


def say(text="", end="\n"):
    """Show ``text`` at once."""
    stream.write(text + end)
    stream.flush()


@contextmanager
def step(text):
    """Show one line for the block: its name, then its time."""
    say(f"{text} ... ", end="")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        with suppress(OSError):  # the terminal may have been closed
            say("failed")
        raise
    say(f"{time.monotonic() - start:.1f} s")


@contextmanager
def cache_lock():
    """Let one process at a time fill the cache folder."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another run that is filling the cache"):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(text, folder, key, fill):
    """Have ``fill(folder)`` make ``folder``, unless it is there whole and made for this ``key``.

    The marker is written last, so the rest of an interrupted run is removed.
    """
    marker = folder / ".made-for"
    if marker.is_file() and marker.read_text() == key:
        return
    with step(text):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        fill(folder)
        marker.write_text(key)
