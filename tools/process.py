"""Running other programs."""

import shutil
import signal
import subprocess
from contextlib import contextmanager

from tools.errors import DISK_FULL, SetupError
from tools.paths import CACHE, ROOT, RUN

FULL = 64 * 1024**2
PACKAGE_OF = {"apt-get": "apt", "dpkg-deb": "dpkg", "setpriv": "util-linux"}


def program(name):
    """The path of a program of the system."""
    path = shutil.which(name)
    if not path:
        package = PACKAGE_OF.get(name, name)
        raise SetupError(f"The program {name} is missing: install the package {package}, repeat.")
    return path


def run(command, failure, log, env=None, stdin=None, cwd=ROOT):
    """Run ``command`` with its output in ``.run/log/<log>.log``, and return that output.

    When it fails, the sentence ``failure`` is the error; a function makes one from the output.
    """
    path = RUN / "log" / f"{log}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=stdin or subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
        )
    text = path.read_text(errors="replace")
    if done.returncode:
        raise SetupError(_explain(text, failure, path))
    return text


def _explain(output, failure, path):
    if _disk_is_full(output):
        sentence = DISK_FULL
    else:
        sentence = failure(output) if callable(failure) else failure
    return f"{sentence} (details: {path.relative_to(ROOT)})."


def _disk_is_full(output):
    """Not every program reports it, so the free space is checked too."""
    free = min(shutil.disk_usage(folder).free for folder in (RUN, CACHE))
    return "No space left on device" in output or free < FULL


@contextmanager
def service(command, log, stop_with=signal.SIGTERM, env=None):
    """Run ``command`` inside the block; stop it at the end, after an exception too.

    It has a session of its own, so that Ctrl-C reaches only this process and things stop in order;
    the kernel signals it to stop if this process is killed.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    name = signal.Signals(stop_with).name.removeprefix("SIG")
    guard = [program("setpriv"), "--pdeathsig", name]
    with log.open("w") as output:
        child = subprocess.Popen(
            guard + [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=ROOT,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        _stop(child, stop_with)


def _stop(child, stop_with):
    if child.poll() is None:
        child.send_signal(stop_with)
    try:
        child.wait(30)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
