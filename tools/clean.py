"""``make clean``: remove all that the other commands have made."""

import os
import shutil
from contextlib import ExitStack

from tools.bring_up import alone
from tools.paths import CACHE, OUT, ROOT, RUN
from tools.postgres import stop_left_over
from tools.steps import cache_lock, say, step


def clean(arguments):
    """Remove the checkout's state and the cache folder, but no database on a named server."""
    folders = {"run": RUN, "test": RUN / "test", "bench": RUN / "bench", "load": RUN / "load"}
    with ExitStack() as stack:
        for name, folder in folders.items():
            stack.enter_context(alone(folder, name))
        stack.enter_context(cache_lock())
        for folder in folders.values():
            stop_left_over(folder / "postgres")
        for folder in (OUT, RUN, CACHE):
            with step(f"Removing {folder}"):
                shutil.rmtree(folder, ignore_errors=True)
    for bytecode in ROOT.glob("[!.]*/**/__pycache__"):
        shutil.rmtree(bytecode, ignore_errors=True)
    if os.environ.get("PGHOST") or os.environ.get("ODOO_RC"):
        say("The database on the server that you named stays; dropdb removes it.")
    return 0
