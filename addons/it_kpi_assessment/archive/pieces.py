"""The pieces (件) of the archive of a year: their kinds, what is told of them, and their check."""

import re
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from PIL import Image

from odoo.tools.pdf import PdfReader


class Kind(NamedTuple):
    """A kind of papers, which one folder holds, and how long they are kept unless set otherwise."""

    label: str
    retention: str


# In the order in which an archive numbers them.
KINDS = {
    "rubric": Kind("评价细则", "permanent"),
    "notice": Kind("结果通报", "permanent"),
    "ranking": Kind("结果数据", "permanent"),
    "award": Kind("结果运用", "30"),
    "assessment": Kind("单位自评", "30"),
    "survey": Kind("实地考核", "30"),
    "objection": Kind("复核申请", "30"),
    "incident": Kind("年内事件", "30"),
    "rectification": Kind("督促整改", "30"),
    "log": Kind("办理日志", "30"),
}
RETENTIONS = {"permanent": "永久", "30": "30年", "10": "10年"}
SECRECIES = {"public": "公开", "internal": "内部"}
# What a file name may not hold in some file systems, and how long it may be.
UNSAFE, LONGEST_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]'), 80
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
ZIPPED = (".xlsx", ".docx", ".pptx", ".zip")


class Piece(NamedTuple):
    """A piece as the catalogue tells it; all texts, and empty where there is nothing to tell."""

    kind: str  # of ``KINDS``
    title: str  # 题名
    name: str  # of the file, with its extension
    document_number: str = ""  # 文件编号
    author: str = ""  # 责任者
    date: str = ""  # ISO
    subject: str = ""  # 机构或问题: the unit, or the bureau
    note: str = ""  # 备注


class Entry(NamedTuple):
    """A piece with its place in the archive, and what was found when it was read."""

    piece: Piece
    number: int  # 件号
    retention: str  # 保管期限
    secrecy: str  # 密级
    size: int
    digest: str  # SHA-256 in hexadecimal
    pages: int | None
    fault: str  # why it is not fit for the archive, or an empty text

    @property
    def path(self):
        """The file in the archive: its folder, and its number before its name."""
        place = list(KINDS).index(self.piece.kind) + 1
        return f"{place:02}-{KINDS[self.piece.kind].label}/{self.number:05}-{self.piece.name}"


def make_file_name(title, extension):
    """Return a file name that every file system takes."""
    return f"{UNSAFE.sub('_', title)[:LONGEST_NAME].strip()}{extension}"


def digest(content):
    """Return the SHA-256 of bytes in hexadecimal."""
    return sha256(content).hexdigest()


def check(name, content):
    """Return the number of pages, None for what has none, and why a file is unfit or ``""``.

    It is there, not empty, and opens as what its name says it is.
    """
    if not content:
        return None, "文件缺失或者为空"
    extension = name[name.rfind(".") :].lower()
    try:
        if extension == ".pdf":
            pages = len(PdfReader(BytesIO(content), strict=False).pages)
            return pages, "" if pages else "没有页面"
        if extension in ZIPPED:
            damaged = ZipFile(BytesIO(content)).testzip()
            return None, f"文件损坏：{damaged}" if damaged else ""
        if extension in PICTURES:
            Image.open(BytesIO(content)).verify()
    except Exception as error:  # the libraries raise many types
        return None, f"文件打不开：{type(error).__name__}"
    return None, ""
