"""A log file opened as a stream of bytes: plain or gzip, its kind told by content. Knows no row.

Kinds are told by what the file holds, not by its name, so that a renamed `.gz` is read as what it is.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import BadZipFile, ZipFile

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.law.phrase import Phrase

GZIP = b"\x1f\x8b"
BLOCK = 1 << 18
HEAD = 4096

Advance = Callable[[int], None]
"""Called with the number of bytes of the file, as stored, that have been read so far."""


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes."""


class Kind(StrEnum):
    """The forms of a log that can be read."""

    CSV = "csv"
    XES = "xes"
    XLSX = "xlsx"
    PARQUET = "parquet"
    OCEL_JSON = "ocel-json"
    OCEL_XML = "ocel-xml"
    OCEL_SQLITE = "ocel-sqlite"
    TABLES = "tables"
    """A folder or zip of tables in CSV, as a standard names them."""


@dataclass(slots=True)
class Blocks:
    """A readable stream that tells how far into the stored file it is; its `read` is all that readers need."""

    stored: BinaryIO
    plain: Readable
    advance: Advance | None = None

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, uncompressed."""
        block = self.plain.read(size)
        if self.advance is not None:
            self.advance(self.stored.tell())
        return block

    def __iter__(self) -> Iterator[bytes]:
        """Yield the rest in blocks."""
        while block := self.read(BLOCK):
            yield block


@contextmanager
def opened(path: Path, *, advance: Advance | None = None) -> Iterator[Blocks]:
    """Open a log for reading from its beginning; raises OSError."""
    with path.open("rb") as stored:
        packed = stored.read(len(GZIP)) == GZIP
        stored.seek(0)
        if not packed:
            yield Blocks(stored, stored, advance)
            return
        with gzip.GzipFile(fileobj=stored) as plain:
            yield Blocks(stored, plain, advance)


def kind_of(path: Path) -> Kind:
    """Return what kind of log a file or folder holds; raises LogRefused for an empty, broken or unknown one."""
    if path.is_dir():
        return Kind.TABLES
    try:
        with opened(path) as blocks:
            head = blocks.read(HEAD)
            packed = blocks.plain is not blocks.stored
    except (OSError, EOFError, zlib.error) as broken:
        raise LogRefused(unreadable(broken)) from None
    if not head.strip():
        raise LogRefused(Fault(0, "", Phrase("文件是空的", "the file is empty")))
    whole = next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)
    if whole is None:
        return _kind_of_text(head)
    if packed:
        words = Phrase(
            f"{whole.value} 文件不要再用 gzip 压缩",
            f"unpack it: a file of the form {whole.value} inside gzip",
        )
        raise LogRefused(Fault(0, "", words))
    return _kind_of_zip(path) if whole is Kind.XLSX else whole


MAGIC = {b"PK\x03\x04": Kind.XLSX, b"PAR1": Kind.PARQUET, b"SQLite format 3\0": Kind.OCEL_SQLITE}
WORKBOOK = "xl/workbook.xml"
OCEL_PARTS = re.compile(rb"<(object-types|event-types|objects|events)\b")
OCEL_KEYS = re.compile(rb'"(objectTypes|eventTypes|objects|events)"')


def _kind_of_text(head: bytes) -> Kind:
    if b"\0" in head:
        words = Phrase(
            "不是可读的格式（二进制文件）；可读：CSV、Excel、XES、OCEL 2.0、Parquet、GB/T 39046 表",
            "a binary file of no form that is read: CSV, Excel, XES, OCEL 2.0, Parquet, tables of GB/T 39046",
        )
        raise LogRefused(Fault(0, "", words))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return Kind.OCEL_XML if OCEL_PARTS.search(start) else Kind.XES
    if not start.startswith((b"{", b"[")):
        return Kind.CSV
    if OCEL_KEYS.search(start):
        return Kind.OCEL_JSON
    words = Phrase("是 JSON，但不是 OCEL 2.0 事件日志", "JSON, but no event log in OCEL 2.0")
    raise LogRefused(Fault(0, "", words))


def _kind_of_zip(path: Path) -> Kind:
    try:
        with ZipFile(path) as packed:
            names = packed.namelist()
    except (OSError, BadZipFile) as broken:
        raise LogRefused(unreadable(broken)) from None
    if WORKBOOK in names:
        return Kind.XLSX
    if any(name.lower().endswith(".csv") for name in names):
        return Kind.TABLES
    words = Phrase(
        "压缩包里既不是 Excel 工作簿，也没有 CSV 表",
        "a zip that is neither a workbook nor holds tables in CSV",
    )
    raise LogRefused(Fault(0, "", words))


def unreadable(broken: Exception) -> Fault:
    """Return the fault of a file that ends early, is damaged or may not be read."""
    return Fault(0, "", Phrase(f"文件读不出来：{broken}", f"the file cannot be read: {broken}"))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as stored, in hexadecimal digits; of a folder, that of its files' names and contents."""
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.is_file())
        told = "".join(f"{one.name}\0{sha256_of(one)}\n" for one in files)
        return hashlib.sha256(told.encode()).hexdigest()
    with path.open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()
