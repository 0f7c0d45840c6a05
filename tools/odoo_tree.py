"""Odoo's source tree: the one that ``ODOO_TREE`` names, or a package of Odoo, unpacked."""

import os
import re
import shutil
import urllib.request
from pathlib import Path

from tools.debian import machine, sid, unpack_archive
from tools.errors import SetupError
from tools.paths import CACHE
from tools.steps import once, say

SERIES = "19.0"
FROM_SID = [
    "odoo-19",
    # Debian's tree has links into these; without jQuery the login page is an error.
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
]
# Odoo's own package: for the day on which Debian has no odoo-19 any more, and for other systems.
PACKAGE = "https://nightly.odoo.com/19.0/nightly/deb/odoo_19.0.latest_all.deb"
FROM_MACHINE = ["fonts-font-awesome"]  # sid's no longer has the files linked to
OTHERWISE = (
    "Name a package of Odoo 19 with ODOO_PACKAGE, or its tree with ODOO_TREE "
    "(git clone --depth 1 --branch 19.0 https://github.com/odoo/odoo gets one), then repeat."
)
INSIDE_PACKAGE = Path("usr/lib/python3/dist-packages")


class OdooTree:
    """A folder that holds the package ``odoo`` and its addons."""

    def __init__(self, folder):
        self.folder = folder
        release = folder / "odoo" / "release.py"
        text = release.read_text() if release.is_file() else ""
        found = re.search(r"^version_info = \((\d+), (\d+)", text, re.MULTILINE)
        if not found or ".".join(found.groups()) != SERIES:
            raise SetupError(f"{folder} is no Odoo {SERIES}: name one with ODOO_TREE, or none.")

    def addons_path(self):
        """The folders with Odoo's own addons (the core ones need not be named)."""
        return [path for path in [self.folder / "addons"] if path.is_dir()]

    def version(self):
        """What changes when the tree does."""
        return f"{SERIES} {self.folder} {self.build()}"

    def build(self):
        """The date of its files: the same for one Debian package of Odoo on all machines."""
        return (self.folder / "odoo" / "release.py").stat().st_mtime_ns


def odoo_tree():
    """The tree to use, fetched if it is missing."""
    named = os.environ.get("ODOO_TREE")
    if named:
        folder = Path(named).expanduser().absolute()
        inside = folder / INSIDE_PACKAGE
        return OdooTree(inside if inside.is_dir() else folder)
    folder = CACHE / "odoo"
    once("Fetching Odoo 19 (about 135 MB)", folder, SERIES, _fetch)
    return OdooTree(folder / INSIDE_PACKAGE)


def _fetch(folder):
    """From Debian, or else from Odoo; from a package of your own if ``ODOO_PACKAGE`` names one."""
    named = os.environ.get("ODOO_PACKAGE")
    if named:
        _fetch_package(named, folder)
    else:
        try:
            _fetch_from_debian(folder)
        except SetupError as error:
            say(f"\n{error} Trying Odoo's own package ... ", end="")
            shutil.rmtree(folder)
            folder.mkdir()
            _fetch_package(PACKAGE, folder)
    _complete(folder / INSIDE_PACKAGE)


def _fetch_from_debian(folder):
    sid().unpack(FROM_SID, folder)
    machine().unpack(FROM_MACHINE, folder)


def _fetch_package(address, folder):
    """Unpack Odoo's package from an address, or from a file of this machine."""
    archive = CACHE / "odoo.deb"
    try:
        if "://" not in address:
            address = Path(address).expanduser().absolute().as_uri()
        with urllib.request.urlopen(address, timeout=60) as source, archive.open("wb") as target:
            shutil.copyfileobj(source, target)
        unpack_archive(archive, folder)
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise SetupError(f"{address} cannot be fetched ({reason}). {OTHERWISE}") from None
    finally:
        archive.unlink(missing_ok=True)


def _complete(tree):
    """Put an empty file where Debian removed one: the browser's error would fail every tour."""
    script = tree / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.touch()
