"""目录.xlsx, metadata.xml and the result of the check: what an archive says of its pieces."""

from io import BytesIO
from typing import NamedTuple

from lxml import etree

from ..workbook.layout import Book, Sheet
from .pieces import KINDS, RETENTIONS, SECRECIES

COLUMNS = {
    **{"件号": 7, "题名": 40, "文件编号": 18, "责任者": 20, "日期": 11, "机构或问题": 20},
    **{"保管期限": 9, "密级": 7, "页数": 6, "备注": 14, "文件": 30, "SHA-256": 34},
}
# The elements of a piece in metadata.xml, beside its digest.
ELEMENTS = ("题名", "文件编号", "责任者", "日期", "机构或问题", "保管期限", "密级", "页数", "备注")


class Facts(NamedTuple):
    """What an archive says of itself."""

    title: str
    bureau: str
    year: int
    made_at: str
    made_by: str


def describe(entry):
    """Return what is told of a piece as ``{head: value}``, in the order of ``COLUMNS``."""
    piece = entry.piece
    values = (
        *(entry.number, piece.title, piece.document_number, piece.author, piece.date),
        *(piece.subject, RETENTIONS[entry.retention], SECRECIES[entry.secrecy]),
        *(entry.pages, piece.note, entry.path, entry.digest),
    )
    return dict(zip(COLUMNS, values, strict=True))


def write_catalogue(facts, entries):
    """Return 目录.xlsx (bytes): a row per piece, under the heading of its kind."""
    stream = BytesIO()
    with Book(stream, {"in_memory": True}) as book:
        book.set_properties({"title": facts.title, "author": facts.bureau})
        sheet = Sheet(book, "目录", list(COLUMNS.values()))
        sheet.add_across(f"{facts.title}目录", "title")
        sheet.add_across(f"{facts.bureau}　　{facts.made_at}　　共{len(entries)}件", "note")
        sheet.add(*((head, "head") for head in COLUMNS))
        sheet.close_header(1)
        for entry in entries:
            numbers = ("件号", "页数")
            sheet.add(
                *(
                    (value or None, "count" if head in numbers else "text")
                    for head, value in describe(entry).items()
                )
            )
        sheet.close_rows()
    return stream.getvalue()


def write_metadata(facts, entries):
    """Return metadata.xml (bytes): each piece with its digest, by which it is checked later.

    A digest names its algorithm, and a piece may have several.
    """
    root = etree.Element("归档包", 题名=facts.title, 责任者=facts.bureau, 年度=str(facts.year))
    root.set("生成时间", facts.made_at)
    root.set("制作人", facts.made_by)
    for entry in entries:
        told = describe(entry)
        element = etree.SubElement(root, "件", 件号=str(entry.number))
        element.set("类别", KINDS[entry.piece.kind].label)
        for name in ELEMENTS:
            etree.SubElement(element, name).text = str(told[name] or "")
        etree.SubElement(element, "文件", 字节数=str(entry.size)).text = entry.path
        etree.SubElement(element, "指纹", 算法="SHA-256").text = entry.digest
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def write_check(facts, entries):
    """Return the result of the check as a text: how many pieces, and what is wrong with which."""
    faults = [
        f"第{entry.number}件　{entry.path}：{entry.fault}" for entry in entries if entry.fault
    ]
    counts = [
        f"{kind.label}：{sum(entry.piece.kind == name for entry in entries)}件"
        for name, kind in KINDS.items()
    ]
    result = (
        f"有{len(faults)}件不合格：" if faults else "全部在包内，都能打开，没有空文件，指纹相符。"
    )
    lines = (
        *(facts.title, f"检查时间：{facts.made_at}", f"共{len(entries)}件", *counts, ""),
        *(result, *faults, "", "在本文件夹中运行 sha256sum -c SHA256SUMS 可以再次核对指纹。"),
    )
    return "\r\n".join(lines) + "\r\n"
