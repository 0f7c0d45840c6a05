"""What printing and the tests need of the system: its own, or packages unpacked by us."""

import ctypes
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.debian import machine
from tools.paths import CACHE
from tools.steps import once

PRINTING = CACHE / "printing"
SCRIPTS = CACHE / "scripts"
OFFICIAL = CACHE / "official"
TESTING = CACHE / "testing"
CALCULATING = CACHE / "calculating"
WRITING = CACHE / "writing"
SYSTEM_FONTS = Path("/etc/fonts/fonts.conf")

# What WeasyPrint loads, by the names it uses.
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
FONT_PACKAGES = ["fonts-noto-cjk", "fontconfig"]
# What is written beside hanzi: characters of Yi and Tibetan, and emoji, and who draws them.
SCRIPT_PACKAGES = {"fonts-noto-core": ("a000", "f40"), "fonts-noto-color-emoji": ("1f44d",)}

# 仿宋, 楷体 and a Latin face of official documents: the families that serve, and who brings a free
# one. Nothing else of these packages is kept but the fonts' licences.
OFFICIAL_FILES = (
    "**/FandolFang-Regular.otf",
    "**/FandolKai-Regular.otf",
    "**/fonts/fandol/*",
    "**/LiberationSerif-*.ttf",
    "**/fonts-liberation/copyright",
)
OFFICIAL_PACKAGES = {
    "texlive-lang-chinese": (
        ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang"),
        ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FandolKai"),
    ),
    "fonts-liberation": (("Times New Roman", "Liberation Serif"),),
}

# The tests read PDFs with poppler.
PROGRAMS = {
    "fc-list": ("fontconfig", "usr/bin/fc-list"),
    "chromium": ("chromium", "usr/lib/chromium/chromium"),
    "pdfinfo": ("poppler-utils", "usr/bin/pdfinfo"),
    "pdftotext": ("poppler-utils", "usr/bin/pdftotext"),
    "pdftoppm": ("poppler-utils", "usr/bin/pdftoppm"),
}

# `make bench` compares with LibreOffice Calc.
CALC = {"soffice": ("libreoffice-calc-nogui", "usr/lib/libreoffice/program/soffice.bin")}

# `make check-word` lays out with LibreOffice Writer.
WRITER = {"soffice": ("libreoffice-writer-nogui", CALC["soffice"][1])}

WRAPPER = """\
#!/bin/sh
LD_LIBRARY_PATH={libraries} exec {program} "$@"
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
  <dir>{official}</dir>
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
    official = [name for name, styles in OFFICIAL_PACKAGES.items() if not _has_each(styles)]
    if official:
        text = "Fetching the fonts of official documents (about 50 MB, of which 15 stay)"
        key = " ".join([_suite(), *official])
        once(text, OFFICIAL, key, lambda folder: _fetch_official(official, folder))
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
    once(text, CALCULATING, _suite(), lambda folder: _fetch_office(CALC, folder))
    return {"PATH": _joined([CALCULATING / "wrappers"], "PATH")}


def writing():
    """Provide LibreOffice Writer and the PDF tools; return the variables to find them by."""
    places = [TESTING / "wrappers"]
    if not shutil.which("soffice"):
        text = "Fetching LibreOffice Writer to lay out with (about 90 MB)"
        once(text, WRITING, _suite(), lambda folder: _fetch_office(WRITER, folder))
        places.append(WRITING / "wrappers")
    return {"PATH": _joined(places, "PATH")}


def _fetch_office(programs, folder):
    _fetch_programs(programs, folder)
    office = folder / "usr/lib/libreoffice"
    settings = office / "program/fundamentalrc"
    text = settings.read_text()
    # Debian's postinst copies the hidden folder to /etc.
    text = text.replace("file:///etc/libreoffice/registry", f"file://{office}/share/.registry")
    settings.write_text(text.replace("file:///usr/lib/libreoffice", f"file://{office}"))


def _fetch_official(packages, folder):
    with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
        machine().unpack(packages, Path(temporary))
        for pattern in OFFICIAL_FILES:
            for path in Path(temporary).glob(pattern):
                if path.is_file():
                    shutil.copy(path, folder)


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


def _has_each(styles):
    """Whether the system has a family of every style."""
    return all(any(_has_font(family) for family in families) for families in styles)


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
            official=OFFICIAL,
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
