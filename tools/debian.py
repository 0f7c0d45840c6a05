"""Debian packages, fetched and unpacked into folders of our own; nothing is installed.

apt works with lists and caches of our own, from the mirror that the machine already uses, so
neither the system's package state nor root's rights are touched.
"""

import functools
import os
import shutil
from pathlib import Path

from tools.errors import SetupError
from tools.paths import CACHE
from tools.process import program, run

FAILED = "apt could not fetch from the Debian mirror that this machine uses"
REMEDY = "check the network, the clock and apt's sources, then repeat"
# What apt writes after the line that names the cause.
AFTERWORDS = ("E: Some index files failed", "E: Unable to fetch some archives")

# The machine's own settings (a proxy, say) apply, except those that write outside our folder.
CONFIGURATION = """\
{include}
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::State::lists "{folder}/lists";
Dir::Cache "{folder}/cache";
Dir::Log "{folder}/log";
Acquire::Languages "none";
Acquire::Retries "2";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Debug::NoLocking "true";
{sources}
"""


class Apt:
    """apt with its own lists: the machine's own suites, or one other suite of the same mirror."""

    def __init__(self, name, sources=None):
        self.folder = CACHE / "apt" / name
        for part in ("lists/partial", "cache/archives/partial", "log"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        self._configure(sources)
        self._updated = self._get("update")

    def _configure(self, sources):
        main = Path("/etc/apt/apt.conf")
        own = ""
        if sources:
            (self.folder / "sources.list").write_text(sources)
            own = f'Dir::Etc::sourcelist "{self.folder}/sources.list"; Dir::Etc::sourceparts "-";'
        (self.folder / "apt.conf").write_text(
            CONFIGURATION.format(
                include=f'#include "{main}";' if main.exists() else "",
                folder=self.folder,
                sources=own,
            )
        )
        # Read first, this names the file that apt reads last, after the machine's settings.
        (self.folder / "first.conf").write_text(f'Dir::Etc::main "{self.folder}/apt.conf";\n')

    def _get(self, *arguments, cwd=None):
        environment = {**os.environ, "LC_ALL": "C", "APT_CONFIG": f"{self.folder}/first.conf"}
        return run(
            [program("apt-get"), "--yes", *arguments],
            explain,
            log="apt",
            env=environment,
            cwd=cwd or self.folder,
        )

    def mirror(self):
        """The address of the Debian mirror in the machine's sources."""
        form = "$(ORIGIN)|$(LABEL)|$(REPO_URI)"
        for line in self._get("indextargets", "--format", form, "Created-By: Packages").split():
            origin, label, address = line.split("|", 2)
            if (origin, label) == ("Debian", "Debian"):
                return address
        if "Failed to fetch" in self._updated:
            raise SetupError(f"{FAILED}: {REMEDY}.")
        raise SetupError("apt knows no Debian mirror on this machine.")

    def unpack(self, packages, folder):
        """Unpack just ``packages`` into ``folder``."""
        archives = self.folder / "archives"
        shutil.rmtree(archives, ignore_errors=True)
        archives.mkdir()
        self._get("download", *packages, cwd=archives)
        _unpack_all(archives, folder)

    def unpack_missing(self, packages, folder):
        """Unpack into ``folder`` what of ``packages`` and their needs the machine lacks."""
        self._get("install", "--download-only", *packages)
        _unpack_all(self.folder / "cache" / "archives", folder)


def explain(output):
    """The sentence for what apt wrote: its own cause, and what to do about it."""
    causes = [line for line in output.splitlines() if line.startswith("E: ")]
    causes = [line for line in causes if not line.startswith(AFTERWORDS)] or causes
    cause = f" ({causes[-1].removeprefix('E: ').rstrip('.')})" if causes else ""
    return f"{FAILED}{cause}: {REMEDY}"


def forget_lists():
    """Remove the lists of packages (275 MB), which serve only while something is fetched."""
    for apt in (machine, sid):
        apt.cache_clear()
    shutil.rmtree(CACHE / "apt", ignore_errors=True)


def _unpack_all(archives, folder):
    """Unpack and delete every package in ``archives``."""
    for archive in sorted(archives.glob("*.deb")):
        unpack_archive(archive, folder)
        archive.unlink()


def unpack_archive(archive, folder):
    """Unpack one package into ``folder``."""
    failure = f"The downloaded {archive.name} cannot be unpacked: repeat to fetch it again"
    run([program("dpkg-deb"), "-x", archive, folder], failure, log="unpack")


@functools.cache
def machine():
    """The suites of the machine itself: for libraries, fonts and the browser."""
    return Apt("machine")


@functools.cache
def sid():
    """Debian's unstable suite: Odoo 19 is packaged there."""
    return _suite("sid")


def _suite(name):
    keyring = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    option = f"[signed-by={keyring}] " if keyring.exists() else ""
    return Apt(name, f"deb {option}{machine().mirror()} {name} main\n")
