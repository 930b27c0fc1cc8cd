"""OCEL 2.0 as an SQLite file. Opened for reading only; sorting and joining is left to SQLite, which spills to disk.

Only tables are asked, never views: a file from outside must not bring queries of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from heapq import merge
from itertools import groupby
from pathlib import Path

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.ocel import OcelEvent, OcelObject, OcelTypes
from xiaoneng.flow.rows import text_of
from xiaoneng.flow.source import Advance, unreadable
from xiaoneng.law.phrase import Phrase

NEEDED = ("event", "object", "event_object", "event_map_type", "object_map_type")
KEY, TIME, CHANGED = "ocel_id", "ocel_time", "ocel_changed_field"
OWN = {KEY, TIME, CHANGED}
TOLD_EVERY = 1 << 12
Values = tuple[object, ...]


class SqliteSource:
    """A log in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Take a file; it is opened when it is asked."""
        self._path = path

    def types(self) -> OcelTypes:
        """Return what the log declares; raises LogRefused where one of its tables is not there."""
        with _opened(self._path) as log:
            log.refuse_damage()
            events = {kind: log.attributes(table) for kind, table in log.kinds("event")}
            objects = {kind: frozenset(log.attributes(table)) for kind, table in log.kinds("object")}
        return OcelTypes(frozenset().union(*events.values()), objects)

    def objects(self) -> Iterator[OcelObject]:
        """Yield every object with all that was ever said of it."""
        with _opened(self._path) as log:
            for key, kind in log.ask('SELECT ocel_id, ocel_type FROM "object"'):
                yield OcelObject(text_of(key), text_of(kind), ())
            for kind, table in log.kinds("object"):
                yield from _told(log, kind, table)

    def events(self, advance: Advance | None) -> Iterator[OcelEvent]:
        """Yield every event in the order of the table of events."""
        size = self._path.stat().st_size
        with _opened(self._path) as log:
            ((count,),) = log.ask('SELECT count(*) FROM "event"')
            kinds = [_events(log, kind, table) for kind, table in log.kinds("event")]
            for done, (_, event) in enumerate(merge(*kinds, key=lambda one: one[0]), start=1):
                yield event
                if advance is not None and done % TOLD_EVERY == 0:
                    advance(size * done // max(int(str(count)), 1))


def _told(log: _Log, kind: str, table: str) -> Iterator[OcelObject]:
    names = log.columns(table)
    rows = log.ask(f"SELECT * FROM {_quoted(table)} ORDER BY ocel_id")  # noqa: S608 - a name, quoted
    for key, of_key in groupby(rows, key=lambda row: row[names.index(KEY)]):
        said = [one for row in of_key for one in _values(dict(zip(names, row, strict=True)))]
        yield OcelObject(text_of(key), kind, said)


def _values(row: dict[str, object]) -> list[tuple[str, str, str]]:
    """Return what a row says: all attributes that have a value, or the one that changed."""
    time, changed = text_of(row[TIME]), row.get(CHANGED)
    if changed:
        return [(text_of(changed), time, text_of(row.get(text_of(changed))))]
    return [
        (name, time, text_of(value)) for name, value in row.items() if name not in OWN and value is not None
    ]


def _events(log: _Log, kind: str, table: str) -> Iterator[tuple[int, OcelEvent]]:
    names = log.columns(table)
    rows = log.ask(
        'SELECT e.rowid, e.ocel_id, r.ocel_object_id, t.* FROM "event" AS e '  # noqa: S608 - a name, quoted
        f"LEFT JOIN {_quoted(table)} AS t ON t.ocel_id = e.ocel_id "
        "LEFT JOIN event_object AS r ON r.ocel_event_id = e.ocel_id WHERE e.ocel_type = ? ORDER BY e.rowid",
        kind,
    )
    for place, of_event in groupby(rows, key=lambda row: row[0]):
        first, *more = of_event
        row = dict(zip(names, first[3:], strict=True))
        related = [text_of(one[2]) for one in (first, *more) if one[2] is not None]
        said = {name: text_of(value) for name, value in row.items() if name not in OWN}
        yield int(str(place)), OcelEvent(text_of(first[1]), kind, text_of(row[TIME]), said, related)


class _Log:
    """An open file: its tables by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self._tables = {str(name) for (name,) in tables}
        self.refuse(NEEDED)

    def ask(self, question: str, *values: str) -> Iterator[Values]:
        """Yield the rows that answer a question."""
        return self._connection.execute(question, values)

    def refuse_damage(self) -> None:
        """Raise LogRefused for a file whose pages are not what they should be: SQLite may read past lost rows."""
        ((said,),) = self.ask("PRAGMA quick_check(1)")
        if said != "ok":
            raise LogRefused(unreadable(sqlite3.DatabaseError(said)))

    def columns(self, table: str) -> list[str]:
        """Return the columns of a table."""
        return [str(row[1]) for row in self.ask(f"PRAGMA table_info({_quoted(table)})")]

    def attributes(self, table: str) -> list[str]:
        """Return the columns of a table that are attributes."""
        return [name for name in self.columns(table) if name not in OWN]

    def kinds(self, of: str) -> list[tuple[str, str]]:
        """Return every type of `event` or `object` with its table; raises LogRefused for tables that are not there."""
        mapped = self.ask(f"SELECT ocel_type, ocel_type_map FROM {of}_map_type ORDER BY 1")  # noqa: S608 - ours
        found = [(text_of(kind), f"{of}_{text_of(name)}") for kind, name in mapped]
        used = {text_of(kind) for (kind,) in self.ask(f'SELECT DISTINCT ocel_type FROM "{of}"')}  # noqa: S608 - ours
        unknown = sorted(used - {kind for kind, _ in found})
        self.refuse([*(table for _, table in found), *(f"{of}_map_type: {kind}" for kind in unknown)])
        return found

    def refuse(self, needed: Sequence[str]) -> None:
        """Raise LogRefused with every table that is needed and not there."""
        words = Phrase("不是 OCEL 2.0：缺少此表或此项", "not OCEL 2.0: this table or entry is missing")
        faults = [Fault(0, name, words) for name in needed if name not in self._tables]
        if faults:
            raise LogRefused(*faults)


@contextmanager
def _opened(path: Path) -> Iterator[_Log]:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            yield _Log(connection)
    except (sqlite3.Error, OSError) as broken:
        raise LogRefused(unreadable(broken)) from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
