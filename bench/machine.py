"""On what was measured, in words that hold no names or paths; and how much memory it took."""

import os
import platform
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import psutil

from odoo import release

SETTINGS = ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "work_mem")


def describe_machine(bureau):
    """Return a sentence on each of what the figures depend on."""
    [[version]] = bureau.fetch("SHOW server_version")
    settings = [f"{name} {bureau.fetch(f'SHOW {name}')[0][0]}" for name in SETTINGS]
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return [
        f"{os.cpu_count()} cores of {_processor()}, {gigabytes:.0f} GB of memory.",
        f"Odoo {release.version} on Python {platform.python_version()}, one process.",
        f"PostgreSQL {version} on the same machine, {', '.join(settings)}.",
    ]


def describe_load():
    """Return a sentence on what else the machine was doing; to be asked before anything begins."""
    return f"Load of the machine before it began: {os.getloadavg()[0]:.1f}."


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


@contextmanager
def peak_memory():
    """Measure by how many megabytes the process grows inside; read them after the block."""
    memory = SimpleNamespace(megabytes=None)
    Path("/proc/self/clear_refs").write_text("5")  # begins the high-water mark anew
    before = _status("VmRSS")
    yield memory
    memory.megabytes = (_status("VmHWM") - before) / 1024


@contextmanager
def peak_memory_of_all():
    """Measure the same of the process and all that it starts, looked at ten times a second."""
    memory = SimpleNamespace(megabytes=0)
    ended = threading.Event()
    before = _resident()

    def look():
        while not ended.wait(0.1):
            memory.megabytes = max(memory.megabytes, (_resident() - before) / 1024**2)

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield memory
    finally:
        ended.set()
        watch.join()


def _resident():
    own = psutil.Process()
    size = own.memory_info().rss
    for child in own.children(recursive=True):
        try:
            size += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return size


def _status(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
