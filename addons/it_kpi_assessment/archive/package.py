"""The ZIP files of an archive: written in volumes, and read back once they are."""

from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from lxml import etree

from .catalogue import write_catalogue, write_check, write_metadata
from .pieces import ZIPPED, check, digest

CATALOGUE, METADATA, RESULT, SUMS = "目录.xlsx", "metadata.xml", "检查结果.txt", "SHA256SUMS"
# Bytes of pieces in one volume: it is made in memory.
VOLUME = 100 * 1024**2
STORED = (".pdf", ".png", ".jpg", ".jpeg", *ZIPPED)  # compressed already


class Volume(NamedTuple):
    """A ZIP file (bytes) with some pieces, and what was found when it was read back."""

    content: bytes
    faults: list


def write_volumes(facts, entries, read):
    """Yield the ``Volume``s of an archive; each has the catalogue of all pieces.

    :param entries: list of ``Entry``
    :param read: a function that returns the content of an entry (bytes)
    """
    for part in _split(entries):
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            archive.writestr(CATALOGUE, write_catalogue(facts, entries))
            archive.writestr(METADATA, write_metadata(facts, entries))
            archive.writestr(RESULT, write_check(facts, entries))
            archive.writestr(SUMS, "".join(f"{each.digest}  {each.path}\n" for each in part))
            for entry in part:
                way = ZIP_STORED if entry.path.lower().endswith(STORED) else ZIP_DEFLATED
                archive.writestr(entry.path, read(entry), way)
        content = stream.getvalue()
        yield Volume(content, find_faults(content))


def _split(entries):
    """Return the entries as lists whose pieces have the size of a volume together."""
    parts, size = [[]], 0
    for entry in entries:
        if parts[-1] and size + entry.size > VOLUME:
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += entry.size
    return parts


def find_faults(content):
    """Return a text for each piece of a volume (bytes) that is missing, changed or does not open.

    It reads nothing but the file itself: the pieces that the volume lists, and their digests in
    its metadata.
    """
    with ZipFile(BytesIO(content)) as archive:
        root = etree.fromstring(archive.read(METADATA))
        told = {each.findtext("文件"): each.findtext("指纹") for each in root.iter("件")}
        listed = [line.partition("  ")[2] for line in archive.read(SUMS).decode().splitlines()]
        there = set(archive.namelist())
        faults = [f"{path}：缺件" for path in listed if path not in there]
        for path in listed:
            if path in there:
                piece = archive.read(path)
                _pages, fault = check(path, piece)
                fault = fault or ("" if digest(piece) == told.get(path) else "指纹不符")
                faults += [f"{path}：{fault}"] if fault else []
    return faults
