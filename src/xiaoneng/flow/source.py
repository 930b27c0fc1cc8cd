"""A log file opened as a stream of bytes: plain or gzip, its kind told by content. Knows no row.

Kinds are told by what the file holds, not by its name, so that a renamed `.gz` is read as what it is.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

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
    """Return what kind of log a file holds; raises LogRefused for an empty, broken or binary one."""
    try:
        with opened(path) as blocks:
            head = blocks.read(HEAD)
    except (OSError, EOFError, zlib.error) as broken:
        raise LogRefused(unreadable(broken)) from None
    if not head.strip():
        raise LogRefused(Fault(0, "", Phrase("文件是空的", "the file is empty")))
    if b"\0" in head:
        words = Phrase("既不是 CSV 也不是 XES（二进制文件）", "neither CSV nor XES: it is a binary file")
        raise LogRefused(Fault(0, "", words))
    return Kind.XES if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else Kind.CSV


def unreadable(broken: Exception) -> Fault:
    """Return the fault of a file that ends early, is damaged or may not be read."""
    return Fault(0, "", Phrase(f"文件读不出来：{broken}", f"the file cannot be read: {broken}"))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as stored, in hexadecimal digits."""
    with path.open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()
