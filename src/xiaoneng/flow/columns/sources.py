"""Where rows of an import come from (来源): a file, or records sent one by one. Both can be read again from the start."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.reading import rows_of
from xiaoneng.flow.rows import Row
from xiaoneng.flow.source import Advance, sha256_of, unreadable
from xiaoneng.law.phrase import Phrase

Reads = Callable[[Sequence[str]], Iterator[Row | Fault]]

NO_OBJECT = Phrase("不是“列名：文字”的对象", "not an object of column names and texts")
NO_TEXT = Phrase("值须是文字（加引号）或 null", "a value must be a text (in quotes) or null")


@dataclass(frozen=True, slots=True)
class Source:
    """Rows to be taken in: what they are called, a SHA-256 to know them again, and how to read them by columns."""

    name: str
    sha256: str
    rows: Reads


def file_source(path: Path, *, mapping: LogMapping, name: str = "", advance: Advance | None = None) -> Source:
    """Return a log file as a source; raises LogRefused where it cannot be read at all."""
    try:
        sha256 = sha256_of(path)
    except OSError as broken:
        raise LogRefused(unreadable(broken)) from None

    def rows(columns: Sequence[str]) -> Iterator[Row | Fault]:
        return rows_of(path, mapping=mapping, columns=columns, advance=advance)

    return Source(name or path.name, sha256, rows)


def records_source(records: Sequence[object], *, name: str) -> Source:
    """Return records (column name to text or null) as a source; their places are their numbers, from 1."""
    told = json.dumps(records, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def rows(columns: Sequence[str]) -> Iterator[Row | Fault]:
        for place, record in enumerate(records, start=1):
            yield _row(place, record, columns)

    return Source(name, hashlib.sha256(told.encode()).hexdigest(), rows)


def _row(place: int, record: object, columns: Sequence[str]) -> Row | Fault:
    if not isinstance(record, dict):
        return Fault(place, "", NO_OBJECT)
    for column, value in record.items():
        if value is not None and not isinstance(value, str):
            return Fault(place, str(column), NO_TEXT)
    return Row(place, tuple([record.get(column) or "" for column in columns]))
