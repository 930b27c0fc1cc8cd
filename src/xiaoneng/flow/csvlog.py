"""A log as a table: one row an event, or one row a case. Streams; knows no meaning of a column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.rows import Row, places
from xiaoneng.flow.source import BLOCK, Blocks
from xiaoneng.law.phrase import Phrase

csv.field_size_limit(1 << 24)


class _Stream(io.RawIOBase):
    """Blocks as Python's text layer wants to read them."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        block = self._blocks.read(len(into))
        into[: len(block)] = block
        return len(block)


class _Records:
    """The records of a table; `line` is where the next one begins."""

    def __init__(self, blocks: Blocks, encoding: str, delimiter: str) -> None:
        self._encoding = encoding
        text = io.TextIOWrapper(io.BufferedReader(_Stream(blocks), BLOCK), encoding=encoding, newline="")
        self._reader = csv.reader(text, delimiter=delimiter, strict=True)
        self.line = 1

    def __iter__(self) -> _Records:
        return self

    def __next__(self) -> list[str]:
        self.line = self._reader.line_num + 1
        try:
            return next(self._reader)
        except UnicodeDecodeError as broken:
            raise LogRefused(_undecodable(self.line, self._encoding, broken)) from None
        except csv.Error as broken:
            zh, en = (
                f"引号或分隔有误，其后无法再读：{broken}",
                f"bad quoting, unreadable from here on: {broken}",
            )
            raise LogRefused(Fault(self.line, "", Phrase(zh, en))) from None


def csv_header(blocks: Blocks, *, encoding: str, delimiter: str = ",") -> frozenset[str]:
    """Return the names of a table's columns."""
    return frozenset(next(_Records(blocks, encoding, delimiter), []))


def csv_rows(
    blocks: Blocks, *, columns: Sequence[str], encoding: str, delimiter: str = ","
) -> Iterator[Row | Fault]:
    """Yield a table's rows, each bad one as a fault; raises LogRefused where reading cannot go on."""
    records = _Records(blocks, encoding, delimiter)
    header = next(records, [])
    picks = places(header, columns)
    for record in records:
        if len(record) == len(header):
            yield Row(records.line, tuple([record[pick] for pick in picks]))
        elif record:
            found, wanted = len(record), len(header)
            zh, en = (
                f"有 {found} 个值，表头有 {wanted} 列",
                f"{found} values under a header of {wanted} columns",
            )
            yield Fault(records.line, "", Phrase(zh, en))


def _undecodable(line: int, encoding: str, broken: UnicodeDecodeError) -> Fault:
    byte = f"0x{broken.object[broken.start]:02x}"
    zh = f"此行或其后不是 {encoding} 编码（字节 {byte}）；请在对照表中写明 encoding，例如 gb18030"
    en = f"not {encoding} here or further on (byte {byte}); set encoding in the mapping, as gb18030"
    return Fault(line, "", Phrase(zh, en))
