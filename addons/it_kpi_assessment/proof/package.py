"""复核包: the ZIP files with which a published result is checked without this system."""

from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .fingerprint import canonical

SCRIPTS = Path(__file__).with_name("scripts")
HEAD, ALL, OWN, NOTES = "指纹原文.json", "公布数据.json", "本单位数据.json", "说明.txt"

ALL_NOTES = """{title}复核包

公布数据.json　公布的全部内容：评价细则、各单位两张表的等次、得分、平均分和名次
指纹原文.json　数据指纹的原文：SHA-256和SM3都由这个文件算出，其中的roots一项由各单位数据算出
recompute.py　复核程序（80行，只用Python自带的库，可以先通读）

复核步骤（约一分钟）：
1. 解压到一个空文件夹，在其中运行：python3 recompute.py
2. 程序按等次重新计算全部得分和名次，逐项比对，并显示SHA-256。
3. 将显示的SHA-256与纸质通报上印的核对；也可以运行：python3 recompute.py 通报上印的SHA-256
4. SM3可以用OpenSSL核对：openssl dgst -sm3 指纹原文.json
"""
OWN_NOTES = """{title}单位核对包

本单位数据.json　本单位的等次、得分、名次，各项平均分的合计与单位数，到指纹的路径；没有其他单位等次
指纹原文.json　数据指纹的原文：SHA-256和SM3都由这个文件算出
verify.py　核对程序（只用Python自带的库，可以先通读）

核对步骤（约一分钟）：
1. 解压到一个空文件夹，在其中运行：python3 verify.py
2. 程序按等次重新计算本单位的得分，并显示SHA-256。
3. 将显示的SHA-256与纸质通报或成绩单上印的核对；也可以运行：python3 verify.py 通报上印的SHA-256
4. 名次与其他单位的得分有关，以通报为准。
"""


class Package(NamedTuple):
    """A package as a file."""

    name: str
    content: bytes


def write_all(title, moment, head, units):
    """Return the package of a publication: everything, and the program that recomputes it.

    :param str title: what the publication is called on paper
    :param datetime moment: of the publication; the files bear it
    :param dict head: what concerns the publication as a whole, with its roots
    :param units: the units as dicts, in the order of the tree
    """
    return Package(
        f"{title}复核包.zip",
        _write(
            moment,
            {
                NOTES: ALL_NOTES.format(title=title),
                ALL: canonical(head | {"units": units}),
                HEAD: canonical(head),
                "recompute.py": (SCRIPTS / "recompute.py").read_text(),
            },
        ),
    )


def write_own(title, moment, head, unit, path):
    """Return the package of one unit: its own marks, and its path to the fingerprint.

    :param dict unit: the unit
    :param path: what ``get_path`` returns for it
    """
    return Package(
        f"{title}核对包.zip",
        _write(
            moment,
            {
                NOTES: OWN_NOTES.format(title=title),
                OWN: canonical({"head": head, "unit": unit, "path": path}),
                HEAD: canonical(head),
                "verify.py": (SCRIPTS / "verify.py").read_text(),
            },
        ),
    )


def _write(moment, texts):
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            info = ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return stream.getvalue()
