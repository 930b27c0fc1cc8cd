"""What is asked of a file (所求): which columns, by which mapping, and whom to tell how far it has been read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.source import Advance, unreadable
from xiaoneng.law.phrase import Phrase

LARGEST = 1 << 32
"""Bytes that the parts of a packed file may have together once unpacked."""
LARGEST_SHARED = 1 << 28
"""Bytes of the part of a workbook that has to be held in memory: the texts that its cells share."""
STEEPEST = 250
"""How many times smaller packing may have made a large part; real sheets stay under a hundred."""
LARGE = 1 << 25
SHARED = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Columns to be given in this order; `advance` may be called with how many bytes have been read."""

    mapping: LogMapping
    columns: Sequence[str]
    advance: Advance | None = None


class Watched(io.FileIO):
    """A file that is read here and there, and tells how much of it has been read in all."""

    def __init__(self, path: Path, advance: Advance | None) -> None:
        """Open a file; raises OSError."""
        super().__init__(path)
        self._advance = advance
        self._done = 0
        self._size = path.stat().st_size

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next `size` bytes."""
        block = super().read(-1 if size is None else size) or b""
        self._done = min(self._size, self._done + len(block))
        if self._advance is not None:
            self._advance(self._done)
        return block


def refuse_bombs(path: Path) -> None:
    """Raise LogRefused for a packed file that is broken, or that would unpack to more than can be meant."""
    try:
        with ZipFile(path) as packed:
            parts = packed.infolist()
    except (OSError, BadZipFile) as broken:
        raise LogRefused(unreadable(broken)) from None
    steep = [
        part
        for part in parts
        if part.file_size > LARGE and part.file_size > STEEPEST * max(part.compress_size, 1)
    ]
    shared = sum(part.file_size for part in parts if part.filename == SHARED)
    if steep or shared > LARGEST_SHARED or sum(part.file_size for part in parts) > LARGEST:
        words = Phrase(
            "压缩包展开后过大，不予读取（可能是恶意文件）；确有此量请改用 CSV 或 Parquet",
            "refused: it would unpack to more than can be meant; send so much as CSV or Parquet",
        )
        raise LogRefused(Fault(0, "", words))
