"""A log file read to the end: its cases, or everything that is wrong with it. Stores nothing.

What reads rows here is meant to be replaced by columns; `Log` is what the rest of the product sees.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.flow.asking import Asking
from xiaoneng.flow.case import Fault, LogRefused, ReadCase
from xiaoneng.flow.csvlog import csv_header, csv_rows
from xiaoneng.flow.excellog import excel_header, excel_rows
from xiaoneng.flow.forms import GBT39046
from xiaoneng.flow.gathering import Gathering
from xiaoneng.flow.gbt39046 import gbt_columns, gbt_rows
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.ocel import ocel_header, ocel_rows
from xiaoneng.flow.ocel_json import JsonSource
from xiaoneng.flow.ocel_sqlite import SqliteSource
from xiaoneng.flow.ocel_xml import XmlSource
from xiaoneng.flow.parquetlog import parquet_header, parquet_rows
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


def columns_of(
    path: Path, *, encoding: str = "utf-8-sig", delimiter: str = ",", sheet: str = ""
) -> frozenset[str]:
    """Return the columns of a log of any form; raises LogRefused."""
    kind = kind_of(path)
    if kind in (Kind.XLSX, Kind.TABLES) and not sheet:
        standard = gbt_columns(path)
        if standard is not None:
            return standard
    if kind is Kind.XLSX:
        return excel_header(path, sheet=sheet)
    if kind in HEADERS:
        return HEADERS[kind](path)
    with _reading(path) as blocks:
        if kind is Kind.XES:
            return xes_header(blocks)
        return csv_header(blocks, encoding=encoding, delimiter=delimiter)


HEADERS: dict[Kind, Callable[[Path], frozenset[str]]] = {
    Kind.PARQUET: parquet_header,
    Kind.OCEL_JSON: lambda path: ocel_header(JsonSource(path)),
    Kind.OCEL_XML: lambda path: ocel_header(XmlSource(path)),
    Kind.OCEL_SQLITE: lambda path: ocel_header(SqliteSource(path)),
}


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
    reader = gbt_rows if mapping.form == GBT39046 else READERS.get(kind)
    if reader is not None:
        yield from reader(path, Asking(mapping=mapping, columns=columns, advance=advance))
        return
    with _reading(path, advance) as blocks:
        if kind is Kind.XES:
            yield from xes_rows(blocks, columns=columns)
        else:
            yield from csv_rows(
                blocks, columns=columns, encoding=mapping.encoding, delimiter=mapping.delimiter
            )


READERS: dict[Kind, Callable[[Path, Asking], Iterator[Row | Fault]]] = {
    Kind.XLSX: excel_rows,
    Kind.PARQUET: parquet_rows,
    Kind.TABLES: gbt_rows,
    Kind.OCEL_JSON: lambda path, asking: ocel_rows(JsonSource(path), asking),
    Kind.OCEL_XML: lambda path, asking: ocel_rows(XmlSource(path), asking),
    Kind.OCEL_SQLITE: lambda path, asking: ocel_rows(SqliteSource(path), asking),
}


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.line, fault.column))


@contextmanager
def _reading(path: Path, advance: Advance | None = None) -> Iterator[Blocks]:
    try:
        with opened(path, advance=advance) as blocks:
            yield blocks
    except (OSError, EOFError, zlib.error) as broken:
        raise LogRefused(unreadable(broken)) from None
