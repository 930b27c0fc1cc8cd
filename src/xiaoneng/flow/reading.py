"""A log file read to the end: its cases, or everything that is wrong with it. Stores nothing.

What reads rows here is meant to be replaced by columns; `Log` is what the rest of the product sees.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.flow.case import Fault, LogRefused, ReadCase
from xiaoneng.flow.csvlog import csv_header, csv_rows
from xiaoneng.flow.gathering import Gathering
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.rows import Row
from xiaoneng.flow.source import Advance, Blocks, Kind, kind_of, opened, sha256_of, unreadable
from xiaoneng.flow.xeslog import xes_header, xes_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A sound log: every case of a file, and what is needed to know the file again.

    `rows` counts events (or cases, where the log has one row a case); `sentinels` the far dates taken for none.
    """

    name: str
    sha256: str
    kind: Kind
    rows: int
    sentinels: int
    cases: tuple[ReadCase, ...]


def columns_of(path: Path, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> frozenset[str]:
    """Return the columns of a log; raises LogRefused."""
    kind = kind_of(path)
    with _reading(path) as blocks:
        return (
            xes_header(blocks)
            if kind is Kind.XES
            else csv_header(blocks, encoding=encoding, delimiter=delimiter)
        )


def read_log(path: Path, *, mapping: LogMapping, advance: Advance | None = None) -> Log:
    """Return what a log says; raises LogRefused with all bad rows at once, in the order of their lines."""
    gathering = Gathering(mapping)
    try:
        for row in rows_of(path, mapping=mapping, columns=gathering.columns, advance=advance):
            gathering.take(row)
    except LogRefused as refused:
        gathering.faults.extend(refused.faults)
    cases = tuple(gathering.cases())
    if gathering.faults:
        raise LogRefused(*_in_order(gathering.faults))
    return Log(
        name=path.name,
        sha256=sha256_of(path),
        kind=kind_of(path),
        rows=gathering.rows,
        sentinels=gathering.sentinels,
        cases=cases,
    )


def rows_of(
    path: Path, *, mapping: LogMapping, columns: Sequence[str], advance: Advance | None = None
) -> Iterator[Row | Fault]:
    """Yield the rows of a log of any form, each with the values of `columns`, and each bad one as a fault.

    The order is always the same. Raises LogRefused where reading cannot go on.
    """
    kind = kind_of(path)
    with _reading(path, advance) as blocks:
        if kind is Kind.XES:
            yield from xes_rows(blocks, columns=columns)
        else:
            yield from csv_rows(
                blocks, columns=columns, encoding=mapping.encoding, delimiter=mapping.delimiter
            )


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.line, fault.column))


@contextmanager
def _reading(path: Path, advance: Advance | None = None) -> Iterator[Blocks]:
    try:
        with opened(path, advance=advance) as blocks:
            yield blocks
    except (OSError, EOFError, zlib.error) as broken:
        raise LogRefused(unreadable(broken)) from None
