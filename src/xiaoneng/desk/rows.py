"""Rows written in plain SQL, for the one path where every act passes; the tables are Django's, the rows the same.

The object mapper costs more than the database here. What one act writes goes in one round trip where the database
can (PostgreSQL: one statement of several parts), in as many as it takes elsewhere (SQLite, where a round trip is
nothing). Column names come from the models, values are always bound.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

Values = Mapping[str, Any]
Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Key:
    """The key that an earlier part of the same batch gave to its row."""

    part: int


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    values: tuple[Any, ...]
    gives_key: bool = False


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
        with connection.cursor() as cursor:
            for part in self.parts:
                text = part.text.replace("{key}", "%s")
                cursor.execute(
                    text, [bound(keys[one.part] if isinstance(one, Key) else one) for one in part.values]
                )
                keys.append(int(cursor.fetchone()[0]) if part.gives_key else 0)
        return keys

    def _at_once(self) -> list[int]:
        named, values = [], []
        for place, part in enumerate(self.parts):
            text = part.text
            for one in part.values:
                if isinstance(one, Key):
                    text = text.replace("{key}", f"(SELECT id FROM p{one.part})", 1)  # noqa: S608
                else:
                    values.append(bound(one))
            named.append(f"p{place} AS ({text})")
        given = [place for place, part in enumerate(self.parts) if part.gives_key]
        wanted = ", ".join(f"(SELECT id FROM p{place} LIMIT 1)" for place in given) or "0"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(named)} SELECT {wanted}", values)
            row = cursor.fetchone()
        keys = dict(zip(given, row, strict=False))
        return [int(keys.get(place) or 0) for place in range(len(self.parts))]


def bound(value: Any) -> Any:
    """Return a value as the database's driver wants it bound."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


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
    return ", ".join("{key}" if name == "act_id" else "%s" for name in names)


@cache
def _insert(model: Model, names: tuple[str, ...]) -> str:
    primary = model._meta.pk.column  # noqa: SLF001
    marks = _marks(model, names)
    return f'INSERT INTO {_table(model)} ({_columns(names)}) VALUES ({marks}) RETURNING "{primary}" AS id'  # noqa: S608


@cache
def _put(model: Model, names: tuple[str, ...], count: int, unique: tuple[str, ...]) -> str:
    row = f"({', '.join(['%s'] * len(names))})"
    change = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in unique)
    return (
        f"INSERT INTO {_table(model)} ({_columns(names)}) VALUES {', '.join([row] * count)} "  # noqa: S608
        f"ON CONFLICT ({_columns(unique)}) DO UPDATE SET {change}"
    )


@cache
def _update(model: Model, names: tuple[str, ...]) -> str:
    marks = ", ".join(f'"{name}" = %s' for name in names)
    return f'UPDATE {_table(model)} SET {marks} WHERE "id" = %s'  # noqa: S608


@cache
def _delete(model: Model, names: tuple[str, ...]) -> str:
    wanted = " AND ".join(f'"{name}" = %s' for name in names)
    return f"DELETE FROM {_table(model)} WHERE {wanted}"  # noqa: S608
