"""Odoo servers with workers, each behind a port of its own on loopback."""

import os
import re
import socket
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from odoo.tools import config

from tools.odoo import START
from tools.process import service

WORKERS = 4
PATIENCE = 120  # seconds until a server answers
# What keeps Odoo running in a bureau (systemd, Docker) does so here: without a database it ends.
SUPERVISE = """
trap 'over=1; kill "$child"' TERM
while [ -z "$over" ]; do
    "$@" &
    child=$!
    wait "$child"
    [ -n "$over" ] || echo "Odoo has ended and is started anew"
    sleep 0.5
done
wait
"""
ENDED = re.compile(r"^Odoo has ended", re.M)
RETRY = re.compile(r"tries left, try again")
ERROR = re.compile(r"^\S+ \S+ \d+ (ERROR|CRITICAL) ", re.M)


class Server:
    """One Odoo: where it answers, its processes, and what its log tells."""

    def __init__(self, port, process, log):
        self.address = f"http://127.0.0.1:{port}"
        self.port = port
        self.process = process
        self.log = log

    def get_workers(self):
        """Return the processes that answer requests or carry out scheduled actions."""
        try:
            masters = psutil.Process(self.process.pid).children()
            return [
                child
                for master in masters
                for child in master.children()
                if "gevent" not in child.cmdline()
            ]
        except psutil.NoSuchProcess:
            return []

    def count(self, pattern):
        """Return how often a pattern is found in the log."""
        return len(pattern.findall(self.log.read_text(errors="replace")))

    def await_answer(self):
        """Return as soon as it answers.

        :raise RuntimeError: it does not
        """
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                opener.open(f"{self.address}/web/health", timeout=10).close()
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"Odoo does not answer: see {self.log.name}")


@contextmanager
def serve(database, count, folder, name):
    """Run so many servers on a database: with data folders of their own and one filestore."""
    with ExitStack() as stack:
        servers = []
        for number in range(count):
            port, evented = get_free_port(), get_free_port()
            command = [
                *("sh", "-c", SUPERVISE, "sh", sys.executable, START, "-d", database),
                *(f"--db-filter=^{database}$", f"--workers={WORKERS}", "--max-cron-threads=1"),
                *(f"--http-port={port}", f"--gevent-port={evented}"),
                *("--log-level=warn", "--log-handler=odoo.service.model:INFO"),
                f"--data-dir={make_data_folder(database, folder, number)}",
            ]
            log = folder / f"{name}-{number}.log"
            process = stack.enter_context(service(command, log, env=dict(os.environ)))
            servers.append(Server(port, process, log))
        for server in servers:
            server.await_answer()
        yield servers


def make_data_folder(database, folder, number):
    """Return a data folder: the first server's is Odoo's own, the others share its filestore."""
    own = Path(config["data_dir"])
    if not number:
        return own
    other = folder / f"data-{number}"
    other.mkdir(parents=True, exist_ok=True)
    if not (other / "filestore").exists():
        (other / "filestore").symlink_to(own / "filestore")
    return other


def get_free_port():
    """Return a port of loopback that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def watch_memory(servers):
    """Look at the memory of all workers every second; yield the peaks in MB, by process."""
    peaks, over = {}, threading.Event()

    def look():
        while not over.wait(1):
            for server in servers:
                for worker in server.get_workers():
                    try:
                        megabytes = worker.memory_info().rss / 1024**2
                    except psutil.NoSuchProcess:
                        continue
                    peaks[worker.pid] = max(megabytes, peaks.get(worker.pid, 0))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()
