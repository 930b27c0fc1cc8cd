"""Rows written in plain SQL, for the one path where every act passes; the tables are Django's, the rows the same.

The object mapper costs more than the database here. What one act writes goes in one round trip where the database
can (PostgreSQL: one statement of several parts), in as many as it takes elsewhere (SQLite, where a round trip is
nothing). Column names come from the models, values are always bound.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

from xiaoneng.desk.plain import fetch

Values = Mapping[str, Any]
Model = type[models.Model]
KEY = "{key}"
"""Where a part names the key that an earlier part gave to its row."""


@dataclass(frozen=True, slots=True)
class Key:
    """The key that an earlier part of the same batch gave to its row."""

    part: int


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    values: tuple[Any, ...]
    gives_key: bool = False

    def after(self) -> int:
        """Return the part whose key this one names, or -1."""
        return next((one.part for one in self.values if isinstance(one, Key)), -1)


@dataclass(slots=True)
class Batch:
    """What one act writes, in order; `carry_out` writes it."""

    parts: list[_Part] = field(default_factory=list)

    def insert(self, model: Model, values: Values) -> Key:
        """Add one row; return what stands for its key in later parts."""
        filled = {**_defaults(model, tuple(values)), **values}
        self.parts.append(_Part(_insert(model, tuple(filled)), tuple(filled.values()), gives_key=True))
        return Key(len(self.parts) - 1)

    def put(self, model: Model, rows: Sequence[Values], *, unique: tuple[str, ...]) -> None:
        """Add rows of like columns; a row that is there by its `unique` columns takes the new values."""
        if rows:
            text = _put(model, tuple(rows[0]), len(rows), unique)
            self.parts.append(_Part(text, tuple(one for row in rows for one in row.values())))

    def update(self, model: Model, key: int, values: Values) -> None:
        """Change columns of the row with this key."""
        self.parts.append(_Part(_update(model, tuple(values)), (*values.values(), key)))

    def delete(self, model: Model, values: Values) -> None:
        """Delete the rows that have all these values."""
        self.parts.append(_Part(_delete(model, tuple(values)), tuple(values.values())))

    def carry_out(self) -> list[int]:
        """Write everything; return the keys given to inserted rows, by part (0 for a part that gives none)."""
        if not self.parts:
            return []
        return self._at_once() if connection.vendor == "postgresql" else self._one_by_one()

    def _one_by_one(self) -> list[int]:
        keys: list[int] = []
        for part in self.parts:
            values = [keys[one.part] if isinstance(one, Key) else one for one in part.values]
            found = fetch(part.text.replace(KEY, "?"), values)
            keys.append(int(found[0][0]) if part.gives_key else 0)
        return keys

    def _at_once(self) -> list[int]:
        shape = tuple((part.text, part.gives_key, part.after()) for part in self.parts)
        values = [one for part in self.parts for one in part.values if not isinstance(one, Key)]
        return [int(one or 0) for one in fetch(_joined(shape), values)[0]]


@lru_cache(maxsize=1_000)
def _joined(shape: tuple[tuple[str, bool, int], ...]) -> str:
    """Return one statement of several parts; its one row holds the key of each, 0 where a part gives none."""
    named, wanted = [], []
    for place, (text, gives_key, after) in enumerate(shape):
        key = f"(SELECT id FROM p{after})"  # noqa: S608 - the names are ours
        named.append(f"p{place} AS ({text.replace(KEY, key)})")
        wanted.append(f"(SELECT id FROM p{place} LIMIT 1)" if gives_key else "0")  # noqa: S608
    return f"WITH {', '.join(named)} SELECT {', '.join(wanted)}"


def fields(value: Any) -> dict[str, Any]:
    """Return a dataclass of plain values as columns."""
    return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}


def _table(model: Model) -> str:
    return f'"{model._meta.db_table}"'  # noqa: SLF001 - Django documents _meta as its public face


@cache
def _defaults(model: Model, given: tuple[str, ...]) -> dict[str, Any]:
    """Return the model's own defaults for columns that are not given, where the database has none."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    ours = {one.column: one.get_default() for one in fields if not one.primary_key}
    return {
        name: value
        for name, value in ours.items()
        if name not in given and not isinstance(value, DatabaseDefault)
    }


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _marks(model: Model, names: tuple[str, ...]) -> str:
    """Return the places of values; an act's key may come from the part that inserts it."""
    return ", ".join(KEY if name == "act_id" else "?" for name in names)


@cache
def _insert(model: Model, names: tuple[str, ...]) -> str:
    primary = model._meta.pk.column  # noqa: SLF001
    marks = _marks(model, names)
    return f'INSERT INTO {_table(model)} ({_columns(names)}) VALUES ({marks}) RETURNING "{primary}" AS id'  # noqa: S608


@cache
def _put(model: Model, names: tuple[str, ...], count: int, unique: tuple[str, ...]) -> str:
    row = f"({', '.join(['?'] * len(names))})"
    change = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in unique)
    return (
        f"INSERT INTO {_table(model)} ({_columns(names)}) VALUES {', '.join([row] * count)} "  # noqa: S608
        f"ON CONFLICT ({_columns(unique)}) DO UPDATE SET {change}"
    )


@cache
def _update(model: Model, names: tuple[str, ...]) -> str:
    marks = ", ".join(f'"{name}" = ?' for name in names)
    return f'UPDATE {_table(model)} SET {marks} WHERE "id" = ?'  # noqa: S608


@cache
def _delete(model: Model, names: tuple[str, ...]) -> str:
    wanted = " AND ".join(f'"{name}" = ?' for name in names)
    return f"DELETE FROM {_table(model)} WHERE {wanted}"  # noqa: S608
