"""Odoo's source tree: the one that ``ODOO_TREE`` names, or Debian's package, unpacked."""

import os
import re
from pathlib import Path

from tools.debian import machine, sid
from tools.errors import SetupError
from tools.paths import CACHE
from tools.steps import once

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
FROM_MACHINE = ["fonts-font-awesome"]  # sid's no longer has the files linked to
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
    once("Fetching Odoo 19 (Debian's odoo-19, about 135 MB)", folder, SERIES, _fetch)
    return OdooTree(folder / INSIDE_PACKAGE)


def _fetch(folder):
    sid().unpack(FROM_SID, folder)
    machine().unpack(FROM_MACHINE, folder)
    _complete(folder / INSIDE_PACKAGE)


def _complete(tree):
    """Put an empty file where Debian removed one: the browser's error would fail every tour."""
    script = tree / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.touch()
