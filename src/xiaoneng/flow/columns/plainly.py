"""A selection read in two plain statements (直接选取), because a page waits for it.

They say to DuckDB what `ground` says to every engine; tests hold the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from xiaoneng.flow.columns.schema import CASE_TIMES, CASES, EVENTS, OF_CASES, whole_micros
from xiaoneng.flow.columns.selection import NotSettled, Selection
from xiaoneng.flow.columns.store import Store

MEMORY = "1GB"
_EVENTS, _CASES = (f"read_parquet(${kind}, hive_partitioning = false)" for kind in ("events", "cases"))
TIMES = frozenset(one.name for one in (*EVENTS, *CASES) if pa.types.is_timestamp(one.type))


@dataclass(frozen=True, slots=True)
class Part:
    """Where the Parquet of a settled feed is, and what of it is asked."""

    folder: Path
    selection: Selection

    def files(self, kind: str) -> list[str]:
        """Return the files of `events` or `cases`."""
        return [str(one) for one in sorted((self.folder / kind).glob("month=*/*.parquet"))]

    def within(self, time: str) -> str:
        """Return the condition that a row is asked for, by its names and by a time of its own."""
        asked = self.selection
        wanted = {
            "agency": asked.agencies,
            "item": asked.items,
            "channel": asked.channels,
            "department": asked.departments,
        }
        told = [f"list_contains(${column}, {column})" for column, names in wanted.items() if names]
        told += [f'epoch_us("{time}") >= $since'] if asked.since else []
        told += [f'epoch_us("{time}") < $until'] if asked.until else []
        return " AND ".join(told) or "true"

    def values(self) -> dict[str, object]:
        """Return the values of the conditions."""
        asked = self.selection
        told: dict[str, object] = {
            "agency": list(asked.agencies),
            "item": list(asked.items),
            "channel": list(asked.channels),
            "department": list(asked.departments),
            "since": whole_micros(asked.since) if asked.since else None,
            "until": whole_micros(asked.until) if asked.until else None,
        }
        return {name: value for name, value in told.items() if value or value == 0}


_EXTREMES = ", ".join(
    f'epoch_us({extreme}("{time}")) AS "{time}"'
    for extreme, time in (("min", "started"), ("max", "ended"), ("min", "first"), ("max", "last"))
)


@dataclass(frozen=True, slots=True)
class Extent:
    """The names of the cases of a feed by kind, and the first and last instant on record, in microseconds."""

    names: dict[str, tuple[str, ...]]
    first: int
    last: int


def events_of(part: Part, columns: tuple[str, ...], *, whole: bool) -> pa.Table:
    """Return the events asked for, by case and place; `whole`: all those of the cases asked for."""
    wanted = f'"case" IN (SELECT "case" FROM {_CASES} WHERE {part.within("started")})'  # noqa: S608
    condition = wanted if whole else part.within("at")
    statement = f'SELECT {_told(columns)} FROM {_EVENTS} WHERE {condition} ORDER BY "case", place'  # noqa: S608
    return _fetched(part, statement, EVENTS, columns)


def cases_of(part: Part, *, whole: bool) -> pa.Table:
    """Return the cases asked for, and unless `whole` those that have an event asked for; `within` tells which is which."""
    columns, within = ("case", *CASE_TIMES, *OF_CASES), part.within("started")
    touched = f'"case" IN (SELECT "case" FROM {_EVENTS} WHERE {part.within("at")})'  # noqa: S608
    condition = within if whole else f"({within}) OR {touched}"
    flag = f"CASE WHEN {within} THEN true END AS within"
    statement = f'SELECT {_told(columns)}, {flag} FROM {_CASES} WHERE {condition} ORDER BY "case"'  # noqa: S608
    return _fetched(part, statement, CASES, columns)


def extent(store: Store, feed: str) -> Extent:
    """Return how far a feed goes; raises NotSettled."""
    folder = store.settled(feed)
    if folder is None:
        raise NotSettled(feed)
    columns = (*OF_CASES, "started", "ended", "first", "last")
    statement = f"SELECT {_told(OF_CASES)}, {_EXTREMES} FROM {_CASES} GROUP BY ALL"  # noqa: S608
    found = _fetched(Part(folder, Selection(feed=feed)), statement, CASES, columns)
    names = {kind: tuple(sorted(filter(None, set(found[kind].to_pylist())))) for kind in OF_CASES}
    known = [one for time in columns[-4:] for one in found[time].drop_null().to_pylist()]
    return Extent(names=names, first=min(known, default=0), last=max(known, default=0))


def _told(columns: tuple[str, ...]) -> str:
    return ", ".join(f'epoch_us("{one}") AS "{one}"' if one in TIMES else f'"{one}"' for one in columns)


def _fetched(part: Part, statement: str, schema: pa.Schema, columns: tuple[str, ...]) -> pa.Table:
    """Return the rows of a statement; values are never written into it."""
    if not part.files("cases" if schema is CASES else "events"):
        return _nothing(schema, columns)
    known = {**part.values(), "events": part.files("events"), "cases": part.files("cases")}
    used = {name: value for name, value in known.items() if f"${name}" in statement}
    with duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": False}) as engine:
        return engine.sql(statement, params=used).to_arrow_table()


def _nothing(schema: pa.Schema, columns: tuple[str, ...]) -> pa.Table:
    types = [(one, pa.int64() if one in TIMES else schema.field(one).type) for one in columns]
    flag = [("within", pa.bool_())] if schema is CASES else []
    return pa.schema([*types, *flag]).empty_table()
