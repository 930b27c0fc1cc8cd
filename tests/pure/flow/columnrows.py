"""Taken rows written by the tests: from a few words, from a real log, or many at random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiaoneng.flow.case import Fault
from xiaoneng.flow.columns.schema import CASE_GROUPS, CASE_TIMES, TAKEN
from xiaoneng.flow.columns.store import Batch, BatchState, Store
from xiaoneng.flow.csvlog import csv_rows
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.source import opened

Told = Mapping[str, object]
WHEN = datetime(2026, 4, 1, tzinfo=UTC)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def take(store: Store, feed: str, number: int, rows: Iterable[Told], *, mapping: str = "") -> None:
    """Add an import; a row is told by what matters, its line is its place unless told."""
    full = [_full({"batch": number, "line": line, **row}) for line, row in enumerate(rows, start=1)]
    put(store, feed, number, pa.Table.from_pylist(full, schema=TAKEN), mapping=mapping)


def put(store: Store, feed: str, number: int, rows: pa.Table, *, mapping: str = "") -> None:
    for month in rows["month"].unique().to_pylist():
        part = store.taken(feed) / f"month={month}" / f"{number:06}-0000.parquet"
        part.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows.filter(pc.equal(rows["month"], month)), part)
    store.write(
        Batch(
            feed=feed,
            number=number,
            key=str(number),
            name="log.csv",
            sha256="0" * 64,
            state=BatchState.TAKEN,
            arrived_at=WHEN,
            settled_at=WHEN,
            mapping=mapping,
        )
    )


def store_of(root: Path, *rows: Told, feed: str = "log") -> Store:
    store = Store(root)
    take(store, feed, 1, rows)
    return store


def _full(row: Told) -> dict[str, object]:
    texts = {one.name: "" for one in TAKEN if one.type == pa.string()}
    nothing = {one.name: None for one in TAKEN}
    when = row.get("at") or row.get("started")
    month = when.strftime("%Y-%m") if isinstance(when, datetime) else "none"
    key = f"{row['batch']}-{row['line']}"
    plain = {
        "odd": False,
        "effect": 0,
        "received_at": WHEN,
        "month": month,
        "key": key,
        "print": key,
        "row": row["line"],
    }
    return {**nothing, **texts, **plain, **row}


def take_log(store: Store, feed: str, path: Path, mapping: LogMapping) -> None:
    """Add a sound CSV log as one import."""
    roles = tuple(mapping.columns)
    with opened(path) as blocks:
        columns = [mapping.columns[role] for role in roles]
        read = list(csv_rows(blocks, columns=columns, encoding=mapping.encoding))
    told = [
        _of_log(row.line, dict(zip(roles, row.values, strict=True)), mapping)
        for row in read
        if not isinstance(row, Fault)
    ]
    take(store, feed, 1, told, mapping=mapping.text)


def _of_log(line: int, said: dict[str, str], mapping: LogMapping) -> Told:
    times = (*CASE_TIMES, "at")
    read = {
        role: mapping.times.read(said[role], day_ends=role in ("due", "planned"))
        for role in times
        if said.get(role)
    }
    texts = {role: said[role] for role in ("case", "activity", *CASE_GROUPS) if role in said}
    return {
        **texts,
        "line": line,
        "actor": said.get("resource", ""),
        "odd": any(one.odd for one in read.values()),
        **{role: instant.at for role, instant in read.items()},
    }
