"""Settled columns as OCEL 2.0 in SQLite: the standard's tables, and one table for every type of object and event."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TypeVar

from xiaoneng.flow.out.objects import (
    BEGINNING,
    Fact,
    Happening,
    Thing,
    Types,
    event_types,
    happenings,
    object_types,
    things,
)
from xiaoneng.flow.out.source import Source
from xiaoneng.flow.out.writing import Advance, placed

TABLES = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL UNIQUE);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type));
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (
    ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id),
    ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier)
);
CREATE TABLE object_object (
    ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier)
);
"""
COLUMN = {"string": "TEXT", "time": "TIMESTAMP", "integer": "INTEGER"}
AT_ONCE = 5_000

T = TypeVar("T")
Names = dict[str, str]
"""From a type to the end of its table's name."""


def write_ocel_sqlite(source: Source, path: Path, *, advance: Advance | None = None) -> None:
    """Write a feed as an OCEL 2.0 database, whole or not at all."""
    with placed(path) as beside, closing(sqlite3.connect(beside, isolation_level=None)) as base:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
        objects, events = object_types(source), event_types(source)
        of_objects = _declare(base, "object", objects)
        of_events = _declare(base, "event", events)
        for things_now in _some(things(source)):
            _objects(base, things_now, objects, of_objects)
        for events_now in _some(happenings(source, advance)):
            _events(base, events_now, events, of_events)


def _declare(base: sqlite3.Connection, what: str, types: Types) -> Names:
    names = table_names(list(types))
    base.executemany(f"INSERT INTO {what}_map_type VALUES (?, ?)", names.items())  # noqa: S608 - two words of ours
    for kind, attributes in types.items():
        listed = [f"{name} {COLUMN[of]}" for name, of in attributes.items()]
        last = ["ocel_changed_field TEXT"] if what == "object" else ["PRIMARY KEY (ocel_id)"]
        columns = [
            f"ocel_id TEXT NOT NULL REFERENCES {what} (ocel_id)",
            "ocel_time TIMESTAMP",
            *listed,
            *last,
        ]
        base.execute(f'CREATE TABLE "{what}_{names[kind]}" ({", ".join(columns)})')
    return names


def table_names(types: Sequence[str]) -> Names:
    """Return for every type letters and digits that no other has, whatever their case."""
    names: Names = {}
    taken: set[str] = set()
    for kind in types:
        plain = re.sub(r"\W", "", kind) or "unnamed"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        names[kind] = name
    return names


def _some(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _objects(base: sqlite3.Connection, found: list[Thing], types: Types, names: Names) -> None:
    base.execute("BEGIN")
    base.executemany("INSERT INTO object VALUES (?, ?)", ((one.id, one.type) for one in found))
    for thing in found:
        wide = types[thing.type]
        put = f'INSERT INTO "object_{names[thing.type]}" VALUES ({_marks(len(wide) + 3)})'  # noqa: S608
        base.executemany(put, _versions(thing, wide))
    ties = ((one.id, tie.id, tie.qualifier) for one in found for tie in one.ties)
    base.executemany("INSERT INTO object_object VALUES (?, ?, ?)", ties)
    base.execute("COMMIT")


def _versions(thing: Thing, wide: dict[str, str]) -> Iterator[tuple[str | None, ...]]:
    """Yield what an object was at first, then every change of one of its values."""
    first = {one.name: one.value for one in thing.facts if one.since == BEGINNING}
    yield (thing.id, _instant(BEGINNING), *_row(first, wide), None)
    for fact in thing.facts:
        if fact.since != BEGINNING:
            yield (thing.id, _instant(fact.since), *_row({fact.name: fact.value}, wide), fact.name)


def _events(base: sqlite3.Connection, found: list[Happening], types: Types, names: Names) -> None:
    base.execute("BEGIN")
    base.executemany("INSERT INTO event VALUES (?, ?)", ((one.id, one.type) for one in found))
    for kind in {one.type for one in found}:
        wide = types[kind]
        rows = (
            (one.id, _instant(one.at), *_row(_told(one.facts), wide)) for one in found if one.type == kind
        )
        put = f'INSERT INTO "event_{names[kind]}" VALUES ({_marks(len(wide) + 2)})'  # noqa: S608
        base.executemany(put, rows)
    ties = ((one.id, tie.id, tie.qualifier) for one in found for tie in one.ties)
    base.executemany("INSERT INTO event_object VALUES (?, ?, ?)", ties)
    base.execute("COMMIT")


def _told(facts: tuple[Fact, ...]) -> dict[str, str]:
    return {one.name: one.value for one in facts}


def _row(told: dict[str, str], wide: dict[str, str]) -> Iterator[str | None]:
    for name, kind in wide.items():
        value = told.get(name)
        yield _instant(value) if value and kind == "time" else value


def _instant(text: str) -> str:
    """Return an instant as SQLite's own functions read it, in UTC."""
    return text.removesuffix("Z").replace("T", " ")


def _marks(number: int) -> str:
    return ", ".join("?" * number)
