"""The virtual environment with Odoo's and our Python packages."""

import functools
import hashlib
import importlib.util
import os
import re
import sys
import venv
from pathlib import Path

from tools.debian import machine
from tools.errors import SetupError
from tools.paths import CACHE, ROOT
from tools.process import run
from tools.steps import once

FOLDER = CACHE / "venv"
PYTHON = FOLDER / "bin" / "python"
SUPPORTED = ((3, 10), (3, 13))
# Lists of packages of which a part is used that needs nothing else.
FILES_ONLY = ("requirements-files",)
# Lists of packages in a folder of their own: pytest would take them for plugins of its own.
APART = ("requirements-load",)
FAILED = "pip could not install the Python packages"
UNREACHABLE = "check the network and pip's package index, then repeat"
# A package that has no wheel for this machine (two have none on aarch64) is built.
NO_COMPILER = "install a C++ compiler and Python's headers (g++, python3-dev), then repeat"
# What the compiler's step writes; then what pip writes of packages that it does not find.
CAUSES = (
    re.compile(r"^\s*(?:fatal )?error: ((?:\[Errno|command ).*|.*: No such file or directory.*)"),
    re.compile(r"^ERROR: (.*)"),
)


def requirements(name):
    """The path of a list of pinned packages."""
    return ROOT / "tools" / f"{name}.txt"


def virtual_environment(*names):
    """Install the packages of ``requirements`` and of ``names``, if they are missing."""
    _check_python()
    _pip()
    once("Installing Odoo's Python packages", FOLDER, _key("requirements"), _create)
    for name in names:
        marker = FOLDER / name
        once(
            f"Installing the packages of {name}.txt",
            marker,
            _key(name),
            functools.partial(_install, name),
        )


def apart(name):
    """The folder that holds the packages of a list that is kept apart."""
    return FOLDER / name


def site_packages():
    """The folder that holds the installed packages."""
    return next(FOLDER.glob("lib/python3*/site-packages"))


def _check_python():
    lowest, highest = SUPPORTED
    if not lowest <= sys.version_info[:2] <= highest:
        raise SetupError(
            f"Odoo 19 runs on Python 3.10 to 3.13, this is {sys.version.split()[0]}: "
            "name a fitting one, for example make run PYTHON=python3.11."
        )


def _key(name):
    interpreter = f"{sys.version} {Path(sys.executable).resolve()}"  # the same through a link
    content = requirements(name).read_bytes() + interpreter.encode()
    return hashlib.sha256(content).hexdigest()


def _create(folder):
    venv.create(folder, with_pip=False, symlinks=True)
    _install("requirements", folder)


def _install(name, folder):
    # --use-pep517: the two packages without a wheel need no setuptools in the environment.
    command = [PYTHON, _pip(), "install", "--no-cache-dir", "--use-pep517", "--no-input"]
    command += ["--no-deps"] * (name in FILES_ONLY)
    command += ["--target", folder] * (name in APART)
    run([*command, "-r", requirements(name)], explain, log="pip", env=_pip_variables())


def explain(output):
    """The sentence for what pip wrote: its cause, and what to do about it."""
    for pattern, remedy in zip(CAUSES, (NO_COMPILER, UNREACHABLE), strict=True):
        causes = [found[1] for found in map(pattern.match, output.splitlines()) if found]
        if causes:
            return f"{FAILED} ({causes[-1].rstrip('.')}): {remedy}"
    return f"{FAILED}: {UNREACHABLE}"


def _pip_variables():
    return {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_REQUIRE_VIRTUALENV": "0"}


@functools.cache
def _pip():
    """The path of a pip that runs without installation; a bare Debian has none with its Python."""
    return _bundled_pip() or _debian_pip()


def _bundled_pip():
    """The pip inside Python's own ``ensurepip``, which Debian has in another package."""
    found = importlib.util.find_spec("ensurepip")
    if not found:
        return None
    folders = [Path(found.origin).parent / "_bundled", Path("/usr/share/python-wheels")]
    wheels = [wheel for folder in folders for wheel in folder.glob("pip-*.whl")]
    return wheels[0] / "pip" if wheels else None


def _debian_pip():
    folder = CACHE / "pip"
    once("Fetching pip", folder, "1", lambda to: machine().unpack(["python3-pip-whl"], to))
    return next(folder.glob("usr/share/python-wheels/pip-*.whl")) / "pip"
