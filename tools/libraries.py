"""What printing and the tests need of the system: its own, or packages unpacked by us."""

import ctypes
import os
import platform
import shutil
import subprocess
from pathlib import Path

from tools.debian import machine
from tools.paths import CACHE
from tools.steps import once

PRINTING = CACHE / "printing"
SCRIPTS = CACHE / "scripts"
TESTING = CACHE / "testing"
CALCULATING = CACHE / "calculating"
SYSTEM_FONTS = Path("/etc/fonts/fonts.conf")

# What WeasyPrint loads, by the names it uses.
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
FONT_PACKAGES = ["fonts-noto-cjk", "fontconfig"]
# What is written beside hanzi: characters of Yi and Tibetan, and emoji, and who draws them.
SCRIPT_PACKAGES = {"fonts-noto-core": ("a000", "f40"), "fonts-noto-color-emoji": ("1f44d",)}

# The tests read PDFs with poppler, and print with both of the addon's engines.
PROGRAMS = {
    "fc-list": ("fontconfig", "usr/bin/fc-list"),
    "chromium": ("chromium", "usr/lib/chromium/chromium"),
    "pdfinfo": ("poppler-utils", "usr/bin/pdfinfo"),
    "pdftotext": ("poppler-utils", "usr/bin/pdftotext"),
    "pdftoppm": ("poppler-utils", "usr/bin/pdftoppm"),
    "wkhtmltopdf": ("wkhtmltopdf", "usr/bin/wkhtmltopdf"),
}

# `make bench` compares with LibreOffice Calc.
CALC = {"soffice": ("libreoffice-calc-nogui", "usr/lib/libreoffice/program/soffice.bin")}

WRAPPER = """\
#!/bin/sh
LD_LIBRARY_PATH={libraries} QT_PLUGIN_PATH={plugins} exec {program} "$@"
"""

FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <cachedir>{cache}/font-cache</cachedir>
  <include ignore_missing="yes">{system}</include>
{rules}
  <dir>/usr/share/fonts</dir>
  <dir>{home}/.fonts</dir>
  <dir>{home}/.local/share/fonts</dir>
  <dir>{printing}/usr/share/fonts</dir>
  <dir>{scripts}/usr/share/fonts</dir>
</fontconfig>
"""


def printing():
    """Provide Chinese fonts and WeasyPrint's libraries; return the variables to find them by."""
    packages = _missing_for_printing()
    if packages:
        text = "Fetching what printing needs (Chinese fonts, Pango)"
        once(text, PRINTING, _suite(), lambda folder: machine().unpack_missing(packages, folder))
    scripts = [name for name in SCRIPT_PACKAGES if not all(map(_has_glyph, SCRIPT_PACKAGES[name]))]
    if scripts:
        text = "Fetching the fonts of Yi, Tibetan and emoji (about 20 MB)"
        key = " ".join([_suite(), *scripts])
        once(text, SCRIPTS, key, lambda folder: machine().unpack(scripts, folder))
    return {
        "FONTCONFIG_FILE": str(_font_settings()),
        "LD_LIBRARY_PATH": _joined(_library_folders(PRINTING), "LD_LIBRARY_PATH"),
    }


def testing():
    """Provide the browser and the PDF tools; return the variables to find them by."""
    missing = {name: PROGRAMS[name] for name in PROGRAMS if not shutil.which(name)}
    if missing:
        key = " ".join([_suite(), *missing])
        text = f"Fetching what the tests need ({', '.join(missing)})"
        once(text, TESTING, key, lambda folder: _fetch_programs(missing, folder))
    return {"PATH": _joined([TESTING / "wrappers"], "PATH")}


def calculating():
    """Provide LibreOffice Calc; return the variables to find it by."""
    if shutil.which("soffice"):
        return {}
    text = "Fetching LibreOffice Calc to compare with (about 80 MB)"
    once(text, CALCULATING, _suite(), _fetch_calc)
    return {"PATH": _joined([CALCULATING / "wrappers"], "PATH")}


def _fetch_calc(folder):
    _fetch_programs(CALC, folder)
    office = folder / "usr/lib/libreoffice"
    settings = office / "program/fundamentalrc"
    text = settings.read_text()
    # Debian's postinst copies the hidden folder to /etc.
    text = text.replace("file:///etc/libreoffice/registry", f"file://{office}/share/.registry")
    settings.write_text(text.replace("file:///usr/lib/libreoffice", f"file://{office}"))


def _missing_for_printing():
    packages = []
    if not all(_loads(name) for name in PANGO):
        packages += PANGO_PACKAGES
    if not _has_chinese_fonts():
        packages += FONT_PACKAGES
    return packages


def _loads(library):
    try:
        return bool(ctypes.CDLL(library))
    except OSError:
        return False


def _has_chinese_fonts():
    return _has_font(":lang=zh")


def _has_glyph(character):
    """Whether a font of the system draws a character, given by its number in hexadecimal."""
    return _has_font(f":charset={character}")


def _has_font(pattern):
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", pattern], capture_output=True).stdout.strip())


def _suite():
    """What the unpacked packages must fit: the system's release."""
    return platform.freedesktop_os_release().get("VERSION_ID", "unstable")


def _fetch_programs(programs, folder):
    machine().unpack_missing({package for package, _ in programs.values()}, folder)
    (folder / "wrappers").mkdir()
    for name, (_, path) in programs.items():
        _wrap(folder / "wrappers" / name, folder, path)


def _wrap(wrapper, folder, path):
    """Write a command that starts the unpacked program with its own libraries."""
    beside = (folder / path).parent  # LibreOffice has its own there
    libraries = [beside, *_library_folders(folder), *_library_folders(PRINTING)]
    wrapper.write_text(
        WRAPPER.format(
            libraries=":".join(map(str, libraries)),
            plugins=":".join(map(str, folder.glob("usr/lib/*/qt5/plugins"))),
            program=folder / path,
        )
    )
    wrapper.chmod(0o755)


def _library_folders(folder):
    """Where the packages unpacked into ``folder`` keep shared libraries, private ones too."""
    places = ("usr/lib/*-linux-*", "usr/lib/*-linux-*/*", "lib/*-linux-*")
    found = {library.parent for place in places for library in folder.glob(f"{place}/lib*.so*")}
    return sorted(found)


def _joined(folders, variable):
    inherited = os.environ.get(variable)
    return ":".join([*map(str, folders), *([inherited] if inherited else [])])


def _font_settings():
    """Write the fontconfig file that knows the system's fonts, the user's and ours."""
    settings = CACHE / "print-fonts.conf"
    settings.write_text(
        FONTS.format(
            cache=CACHE,
            system=SYSTEM_FONTS,
            rules="" if SYSTEM_FONTS.exists() else _unpacked_font_rules(),
            home=Path.home(),
            printing=PRINTING,
            scripts=SCRIPTS,
        )
    )
    return settings


def _unpacked_font_rules():
    """The rules of the unpacked package: its links are absolute and therefore broken."""
    available = PRINTING / "usr/share/fontconfig/conf.avail"
    names = sorted(path.name for path in PRINTING.glob("etc/fonts/conf.d/*.conf"))
    return "\n".join(
        f'  <include ignore_missing="yes">{available / name}</include>' for name in names
    )
